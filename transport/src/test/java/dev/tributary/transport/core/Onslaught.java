// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A source and a viewer, and a fuzzer's bytes taken for datagrams of hostile senders: of the other
 * node, of a member that neither asked for, of strangers.
 *
 * <p>An input is a byte that says how far the two are, then datagrams: a control byte, a length of
 * one byte (two with {@link #LONG}), so many bytes. The two lowest bits but one of the control byte
 * say who sends, the lowest to whom, three say how much time passes then.
 */
final class Onslaught {
    /** Whoever sends from here has not been heard of. */
    static final int ELSEWHERE = 20_000;

    static final int TO_VIEWER = 1;
    static final int SENDERS = 6;
    static final int MEMBER = 2;
    static final int STRANGER = 4;
    static final int UNCHANGED = 6;

    /** The first byte is the type of the only frame; its length is put in. */
    static final int FRAMED = 8;

    static final int LONG = 128;

    private static final long[] PAUSES_MILLIS = {0, 0, 1, 5, 20, 50, 200, 1_000};
    private static final int MOST_DATAGRAMS = 32;
    private static final int GENUINE_BYTES = 500;

    final SmallNet net = new SmallNet(1, 2, 64, 32_000, 500 * MILLIS);
    final Station source = net.source(8);
    final Station viewer = net.viewer(6, source);

    /** The connection ids under which the two speak to each other, by receiver. */
    private final long[] connections = new long[2];

    private final Stranger atSource = net.stranger();
    private final Stranger atViewer = net.stranger();
    private final byte[] datagram = new byte[Wire.MAX_RECEIVED_BYTES + 16];
    private final WireWriter writer = new WireWriter();
    private boolean deaf;
    private long heardElsewhere;
    private long saidElsewhere;

    Onslaught() {
        net.loss = (from, to, bytes) -> {
            overhear(from, to, bytes);
            return deaf && to >= atSource.path;
        };
        net.run(0);
    }

    /** Learns connection ids as somebody on the way would, and counts what strangers get. */
    private void overhear(int from, int to, byte[] bytes) {
        WireReader in = new WireReader().reset(bytes, 0, bytes.length);
        in.u8();
        long connection = in.u64();
        boolean hello = in.u8() == Wire.HELLO;
        if (to == ELSEWHERE && !hello) {
            saidElsewhere += bytes.length;
        }
        if (from > 1 || to > 1 || from < 0 || to < 0) {
            return;
        }
        if (hello) {
            in.skip(2 + 1 + 4 + 32);
            connections[from] = in.u64();
        } else {
            connections[to] = connection;
        }
    }

    /**
     * Inputs to start from: what the two would really say to each other, a good many datagrams of
     * it in each.
     */
    static List<byte[]> genuine() {
        Onslaught quiet = new Onslaught();
        List<byte[]> inputs = new ArrayList<>();
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        SmallNet.Loss before = quiet.net.loss;
        quiet.net.loss = (from, to, bytes) -> {
            if (to < 2 && input.size() == 0) {
                input.write(inputs.size() & 3);
            }
            if (to < 2) {
                int length = bytes.length - Wire.DATAGRAM_HEADER_BYTES;
                boolean hello = bytes[Wire.DATAGRAM_HEADER_BYTES] == Wire.HELLO;
                input.write(LONG | (inputs.size() & 3) << 5 | (hello ? STRANGER : 0) | to);
                input.write(length >>> 8);
                input.write(length);
                input.write(bytes, Wire.DATAGRAM_HEADER_BYTES, length);
            }
            if (input.size() > GENUINE_BYTES) {
                inputs.add(input.toByteArray());
                input.reset();
            }
            return before.takes(from, to, bytes);
        };
        quiet.begin(3);
        quiet.net.stream(quiet.source, SmallNet.SECOND);
        return inputs;
    }

    /** Plays a whole input. */
    void play(byte[] input) {
        WireReader in = new WireReader().reset(input, 0, input.length);
        begin(in.u8() & 3);
        for (int i = 0; i < MOST_DATAGRAMS && in.remaining() > 2; i++) {
            int control = in.u8();
            int length = (control & LONG) != 0 ? in.u16() : in.u8();
            byte[] body = new byte[Math.min(length, Math.min(in.remaining(), 1_480))];
            in.read(body);
            send(control, body);
            pass(PAUSES_MILLIS[control >> 4 & 7] * MILLIS);
        }
    }

    /** The viewer has greeted; has just linked; gets the stream; gets it in midst of strangers. */
    private void begin(int stage) {
        if (stage > 0) {
            net.run(3 * net.delayNanos);
        }
        if (stage > 1) {
            net.stream(source, 200 * MILLIS);
        }
        if (stage > 2) {
            atSource.link(source);
            atViewer.link(viewer);
        }
        // From now on others speak in the members' names, and they could not follow the answers.
        deaf = true;
    }

    private void pass(long nanos) {
        if (nanos < 5 * MILLIS) {
            net.run(nanos);
        } else {
            net.stream(source, nanos);
        }
    }

    private void send(int control, byte[] body) {
        boolean toViewer = (control & TO_VIEWER) != 0;
        Station to = toViewer ? viewer : source;
        Stranger member = toViewer ? atViewer : atSource;
        writer.reset(datagram, 0);
        switch (control & SENDERS) {
            case MEMBER -> send(to, member.path, member.remoteId, control, body);
            case STRANGER -> send(to, ELSEWHERE, Wire.NO_CONNECTION, control, body);
            case UNCHANGED -> deliver(to, ELSEWHERE, writer.raw(body));
            default -> send(to, 1 - to.index, connections[to.index], control, body);
        }
    }

    private void send(Station to, int path, long connection, int control, byte[] body) {
        writer.u8(Wire.VERSION).u64(connection);
        if ((control & FRAMED) != 0 && body.length > 0) {
            writer.u8(body[0]).u16(body.length - 1).raw(Arrays.copyOfRange(body, 1, body.length));
        } else {
            writer.raw(body);
        }
        deliver(to, path, writer);
    }

    /** Whatever is not a hello is counted, once: as heard on a link, or as a stray. */
    private void deliver(Station to, int path, WireWriter bytes) {
        int length = Math.min(bytes.length(), Wire.MAX_RECEIVED_BYTES);
        long before = counted(to);
        heardElsewhere += path == ELSEWHERE ? length : 0;
        to.onDatagram(path, datagram, 0, length);
        boolean hello = length > 9 && datagram[9] == Wire.HELLO;
        assertThat(counted(to) - before).isBetween(hello ? 0L : 1L, 1L);
        assertBounded(to);
    }

    private static long counted(Station station) {
        return station.node.strayDatagrams() + station.stream.counters.value(Counter.DATAGRAMS_IN);
    }

    /** What a remote could make grow has not grown past its limit. */
    void assertBounded() {
        assertBounded(source);
        assertBounded(viewer);
        assertThat(saidElsewhere).isLessThanOrEqualTo(3 * heardElsewhere);
    }

    private void assertBounded(Station station) {
        StreamNode stream = station.stream;
        assertThat(stream.links.size()).isLessThanOrEqualTo(Links.MOST);
        assertThat(stream.membership.size()).isLessThanOrEqualTo(Membership.BOOK);
        assertThat(stream.receivers.all().size()).isLessThanOrEqualTo(2 * stream.receivers.slots());
        assertThat(stream.suppliers.all().size()).isLessThanOrEqualTo(2 * net.spec.n());
        assertThat(stream.blocks.newest() - stream.blocks.oldest())
                .isLessThan(stream.blocks.window());
    }
}
