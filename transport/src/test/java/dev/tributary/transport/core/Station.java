// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One node of a {@link SmallNet} with its way out; keeps what was played and what it cost. */
final class Station implements Outbox {
    private final WireReader reader = new WireReader();
    /** Each clock shows another time, so that comparing two of them cannot go unseen. */
    private static final long CLOCK_STEP_NANOS = 1_000_000_000_000L;

    final int index;
    final Node node;
    StreamNode stream;

    final ByteArrayOutputStream played = new ByteArrayOutputStream();
    final List<Playout.Gap> gaps = new ArrayList<>();
    long firstBlock = -1;
    long endBlocks = -1;
    int wakeUps;
    long stalledUntil;
    private final SmallNet net;
    private byte[] room = new byte[0];
    private int roomPath;
    private long deadline = Long.MAX_VALUE;
    private boolean gone;

    @SuppressWarnings("NullAway.Init") // the net sets the stream before anything else happens
    Station(SmallNet net, int index, Node node) {
        this.net = net;
        this.index = index;
        this.node = node;
    }

    long local(long now) {
        return now + (index + 1) * CLOCK_STEP_NANOS;
    }

    long localNow() {
        return local(net.now());
    }

    /** The machine's clock is set, to this much after the true time. */
    void tellTime(long secondsAhead) {
        long millis = SmallNet.UNIX_SECONDS * 1_000 + net.now() / SmallNet.MILLIS;
        node.timeOfDay(localNow(), millis + 1_000 * secondsAhead);
    }

    StreamSnapshot figures() {
        return stream.snapshot(localNow());
    }

    long count(Counter counter) {
        return figures().count(counter);
    }

    void start() {
        next(node.onDeadline(localNow(), this));
    }

    void write(byte[] bytes) {
        next(stream.write(localNow(), bytes, 0, bytes.length, this));
    }

    void boundary() {
        next(stream.boundary(localNow(), this));
    }

    void renew(Ticket ticket) {
        next(stream.renew(localNow(), new Pass(ticket, net.keys.apply(ticket.terms())), this));
    }

    void end() {
        next(stream.end(localNow(), this));
    }

    void leave() {
        next(node.leave(localNow(), this));
    }

    /** It stops at once and says nothing. */
    void kill() {
        gone = true;
    }

    void onDatagram(int from, byte[] datagram) {
        onDatagram(from, datagram, 0, datagram.length);
    }

    void onDatagram(int from, byte[] bytes, int offset, int length) {
        if (!gone) {
            long now = localNow();
            long due = node.onDatagram(now, from, reader.reset(bytes, offset, length), this);
            next(due <= now ? node.onDeadline(now, this) : due);
        }
    }

    void onDeadline() {
        wakeUps++;
        next(node.onDeadline(localNow(), this));
    }

    /** Its process does nothing for a while. */
    void stall(long nanos) {
        stalledUntil = net.now() + nanos;
    }

    long dueAt() {
        return gone ? Long.MAX_VALUE : Math.max(deadline, stalledUntil);
    }

    private void next(long local) {
        assertThat(local).as("a deadline is never in the past").isGreaterThanOrEqualTo(localNow());
        gone |= node.left();
        deadline = local == Long.MAX_VALUE ? local : net.timer(local - local(0));
    }

    /** Everything from its first block on was played, and then the end. */
    void assertPlayedAll() {
        assertThat(gaps).as(() -> String.join("\n", node.flightRecord())).isEmpty();
        assertThat(firstBlock).as("first block of station " + index).isNotNegative();
        assertThat(endBlocks).as("end at station " + index).isPositive();
        assertThat(Arrays.equals(played.toByteArray(), net.publishedFrom(firstBlock)))
                .as("station " + index + " played what was published")
                .isTrue();
    }

    @Override
    public int path(Endpoint address) {
        return SmallNet.path(address);
    }

    @Override
    public Endpoint address(int path) {
        return SmallNet.endpoint(path);
    }

    @Override
    public boolean claim(int path, int bytes) {
        assertThat(bytes).isLessThanOrEqualTo(Wire.MAX_RECEIVED_BYTES);
        roomPath = path;
        // Not a byte more than was claimed, so that whoever writes past it is found out.
        room = new byte[bytes];
        return true;
    }

    @Override
    public byte[] buffer() {
        return room;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public void commit(int bytes) {
        net.send(index, roomPath, Arrays.copyOf(room, bytes));
    }

    @Override
    public void play(int number, Playout item) {
        switch (item) {
            case Playout.Media media -> {
                firstBlock = firstBlock < 0 ? media.block() : firstBlock;
                played.write(media.bytes(), 0, media.length());
            }
            case Playout.Gap gap -> gaps.add(gap);
            case Playout.End end -> endBlocks = end.blocks();
        }
    }
}
