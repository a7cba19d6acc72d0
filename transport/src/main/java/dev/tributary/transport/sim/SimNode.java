// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.core.Role;
import dev.tributary.transport.core.StreamNode;
import dev.tributary.transport.core.StreamSnapshot;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The driver of one simulated node: hands its core datagrams and time, takes all it gives. */
final class SimNode implements Outbox {
    private final WireReader reader = new WireReader();
    /**
     * Each node's clock is this much ahead of the one before, so that a comparison of two clocks
     * cannot go unseen, while times in flight records still read the same modulo 1,000 s.
     */
    private static final long CLOCK_STEP_NANOS = 1_000_000_000_000L;

    /** No driver's timer is finer than this. */
    private static final long TIMER_NANOS = 100_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Seat seat;
    private final Links links;
    private final Verdicts verdicts;
    private final Node core;
    private final StreamNode stream;
    private final Player player;
    private final UploadCap cap;
    private final @Nullable Saboteur saboteur;
    private final Traffic traffic = new Traffic();
    private final TbfLink up;
    private final TbfLink down;

    private long deadline = NEVER;
    private long armed = NEVER;
    private boolean alive = true;
    private boolean leaving;
    private long removedNanos = NEVER;
    private long frozenUntil;
    private int waitingBytes;
    private boolean inBurst;
    private long[] lastArrivals = new long[0];
    private byte @Nullable [] claimed;
    private int claimedPath;
    private int claimedBytes;
    private @Nullable StreamSnapshot last;
    private @Nullable StreamSnapshot atEnd;

    SimNode(Seat seat, Core own, Links links, Verdicts verdicts) {
        this.seat = seat;
        this.links = links;
        this.verdicts = verdicts;
        core = own.node;
        stream = own.stream;
        player = own.player;
        saboteur = own.saboteur;
        cap = new UploadCap(seat.uploadBitsPerSecond);
        up = new TbfLink(seat.uplinkBitsPerSecond);
        down = new TbfLink(seat.downlinkBitsPerSecond);
    }

    /** What a node is in the simulation; rates of 0 are unlimited links, a cap of 0 no upload. */
    record Seat(
            int index,
            Role role,
            long joinedNanos,
            long uploadBitsPerSecond,
            long uplinkBitsPerSecond,
            long downlinkBitsPerSecond) {}

    /** What the driver drives, and who alters what comes out of it. */
    record Core(
            Node node,
            StreamNode stream,
            Player player,
            @Nullable Saboteur saboteur) {}

    /** What a node's own clock shows at a time of the run. */
    static long localTime(int index, long now) {
        return now + (index + 1) * CLOCK_STEP_NANOS;
    }

    int index() {
        return seat.index;
    }

    Seat seat() {
        return seat;
    }

    Node core() {
        return core;
    }

    Player player() {
        return player;
    }

    Traffic traffic() {
        return traffic;
    }

    UploadCap cap() {
        return cap;
    }

    TbfLink up() {
        return up;
    }

    TbfLink down() {
        return down;
    }

    /** Whether it alters what it sends. */
    boolean lies() {
        return saboteur != null;
    }

    boolean alive() {
        return alive;
    }

    /** Alive, and neither killed nor told to leave. */
    boolean stays() {
        return removedNanos == NEVER;
    }

    /** When it was killed or told to leave; {@link Long#MAX_VALUE} for one that stays. */
    long removedNanos() {
        return removedNanos;
    }

    /** Figures of now, or of its last moment for a node that is gone. */
    StreamSnapshot snapshot() {
        StreamSnapshot figures = last;
        if (figures == null || alive) {
            figures = stream.snapshot(local());
            last = figures;
        }
        return figures;
    }

    /** Keeps the figures of this moment beside those of the end. */
    void keepFigures() {
        atEnd = snapshot();
    }

    /** The figures when the source ended, or the last before for a node that was gone by then. */
    StreamSnapshot settled() {
        StreamSnapshot kept = atEnd;
        return kept == null ? snapshot() : kept;
    }

    String failure() {
        return stream.failure().orElse("");
    }

    // What happens to it.

    void start() {
        reschedule(core.onDeadline(local(), this));
    }

    void onDatagram(int from, byte[] buffer, int length) {
        traffic.received(length);
        long now = local();
        long next = core.onDatagram(now, from, reader.reset(buffer, Links.OFFSET, length), this);
        reschedule(next <= now ? core.onDeadline(now, this) : next);
    }

    void onTimer(long at) {
        if (at != armed || !alive) {
            return;
        }
        armed = NEVER;
        if (frozenUntil > at) {
            arm(frozenUntil);
        } else if (deadline > at) {
            arm(deadline);
        } else {
            traffic.timer();
            reschedule(core.onDeadline(local(), this));
        }
    }

    void write(byte[] bytes, int length) {
        reschedule(stream.write(local(), bytes, 0, length, this));
    }

    void joinPoint() {
        reschedule(stream.boundary(local(), this));
        stream.joinPoint();
    }

    void end() {
        reschedule(stream.end(local(), this));
    }

    void leave() {
        removedNanos = links.now();
        leaving = true;
        reschedule(core.leave(local(), this));
    }

    void kill() {
        snapshot();
        removedNanos = Math.min(removedNanos, links.now());
        alive = false;
    }

    void freeze(long untilNanos) {
        frozenUntil = Math.max(frozenUntil, untilNanos);
        waitingBytes = 0;
    }

    long frozenUntil() {
        return frozenUntil;
    }

    /** Room for a datagram in the socket of a process that stalls; false when it is full. */
    boolean waits(int length, int most) {
        waitingBytes += length;
        return waitingBytes <= most;
    }

    boolean inBurst() {
        return inBurst;
    }

    void inBurst(boolean lossy) {
        inBurst = lossy;
    }

    /** When a datagram that would arrive at this time does, behind those sent to it before. */
    long inOrder(int to, long at, Scenario.Network network) {
        if (!network.keepsOrder() || network.jitterNanos() == 0) {
            return at;
        }
        if (to >= lastArrivals.length) {
            lastArrivals = Arrays.copyOf(lastArrivals, Math.max(to + 1, lastArrivals.length * 2));
        }
        lastArrivals[to] = Math.max(at, lastArrivals[to]);
        return lastArrivals[to];
    }

    // The core's way out.

    @Override
    public int path(Endpoint address) {
        return Links.nodeAt(address);
    }

    @Override
    public Endpoint address(int path) {
        return Links.endpoint(path);
    }

    @Override
    public boolean claim(int path, int bytes) {
        if (bytes < 1 || bytes > Wire.MAX_RECEIVED_BYTES) {
            throw new IllegalArgumentException("a datagram has no " + bytes + " bytes");
        }
        if (claimed == null) {
            claimed = links.buffer();
        }
        claimedPath = path;
        claimedBytes = bytes;
        return true;
    }

    @Override
    public byte[] buffer() {
        if (claimed == null) {
            throw new IllegalStateException("nothing was claimed");
        }
        return claimed;
    }

    @Override
    public int offset() {
        return Links.OFFSET;
    }

    @Override
    public void commit(int bytes) {
        byte[] buffer = buffer();
        if (bytes < 1 || bytes > claimedBytes) {
            throw new IllegalArgumentException(
                    bytes + " bytes written where " + claimedBytes + " were claimed");
        }
        claimed = null;
        int wireBytes = bytes + Wire.IPV4_OVERHEAD_BYTES;
        traffic.sent(bytes);
        if (!cap.sent(links.now(), wireBytes)) {
            verdicts.broken(seat.index, "the upload cap was exceeded: " + cap);
        }
        int left = saboteur == null ? bytes : saboteur.alter(buffer, Links.OFFSET, bytes);
        if (left == 0) {
            links.recycle(buffer);
        } else {
            links.send(this, claimedPath, buffer, left);
        }
    }

    @Override
    public void play(int streamNumber, Playout item) {
        player.onPlayout(links.now(), item);
    }

    private long local() {
        return localTime(seat.index, links.now());
    }

    private void reschedule(long localDeadline) {
        if (leaving && alive && core.left()) {
            kill();
            return;
        }
        deadline = localDeadline == NEVER
                ? NEVER
                : Math.max(localDeadline - localTime(seat.index, 0), links.now() + TIMER_NANOS);
        if (deadline < armed) {
            arm(deadline);
        }
    }

    private void arm(long at) {
        armed = at;
        links.timer(seat.index, at);
    }
}
