// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.seal.Session;
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

    private final Stranger atSource = net.stranger();
    private final Stranger atViewer = net.stranger();
    private final byte[] datagram = new byte[2 * Wire.MAX_RECEIVED_BYTES];
    private boolean deaf;
    private long heardElsewhere;
    private long saidElsewhere;

    Onslaught() {
        net.loss = (from, to, bytes) -> {
            overhear(to, bytes);
            return deaf && to >= atSource.path;
        };
        net.run(0);
    }

    /** Counts what strangers get. */
    private void overhear(int to, byte[] bytes) {
        boolean hello = Kind.of(bytes[0] & 0xFF) == Kind.HELLO;
        saidElsewhere += to == ELSEWHERE && !hello ? bytes.length : 0;
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
                boolean data = Kind.of(bytes[0] & 0xFF) == Kind.DATA;
                int start = data ? Wire.DATAGRAM_HEADER_BYTES : 0;
                int length = bytes.length - start - (data ? Wire.TAG_BYTES : 0);
                input.write(LONG | (inputs.size() & 3) << 5 | (data ? 0 : UNCHANGED) | to);
                input.write(length >>> 8);
                input.write(length);
                input.write(bytes, start, length);
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
        byte[] frames = frames(control, body);
        switch (control & SENDERS) {
            case MEMBER -> deliver(to, member.path, member.linked() ? member.seal(frames) : body);
            case STRANGER -> deliver(to, ELSEWHERE, hello(body));
            case UNCHANGED -> deliver(to, 1 - to.index, body);
            default -> deliver(to, 1 - to.index, sealed(toViewer ? source : viewer, to, frames));
        }
    }

    private static byte[] frames(int control, byte[] body) {
        if ((control & FRAMED) == 0 || body.length == 0) {
            return body;
        }
        byte[] frame = new byte[body.length + 2];
        new WireWriter()
                .reset(frame, 0)
                .u8(body[0])
                .u16(body.length - 1)
                .raw(Arrays.copyOfRange(body, 1, body.length));
        return frame;
    }

    private static byte[] hello(byte[] body) {
        byte[] hello = new byte[9 + body.length];
        new WireWriter().reset(hello, 0).u8(Kind.HELLO.firstByte()).u64(0).raw(body);
        return hello;
    }

    /** As the other node would seal it; as it is while the two have no link. */
    private byte[] sealed(Station from, Station to, byte[] frames) {
        Link link = from.stream.membership.linkOf(to.node.id());
        Session session = link == null ? null : link.session;
        if (session == null) {
            return frames;
        }
        System.arraycopy(frames, 0, datagram, Session.HEADER_BYTES, frames.length);
        int length = session.seal(from.localNow(), datagram, 0, frames.length);
        return Arrays.copyOf(datagram, length);
    }

    /** Whatever comes is counted, once: as heard on a link, as refused, or as a stray. */
    private void deliver(Station to, int path, byte[] bytes) {
        int length = Math.min(bytes.length, Wire.MAX_RECEIVED_BYTES);
        long before = counted(to);
        heardElsewhere += path == ELSEWHERE ? length : 0;
        to.onDatagram(path, bytes, 0, length);
        boolean hello = length > 0 && Kind.of(bytes[0] & 0xFF) == Kind.HELLO;
        assertThat(counted(to) - before).isBetween(hello ? 0L : 1L, 1L);
        assertBounded(to);
    }

    private static long counted(Station station) {
        Counters counters = station.stream.counters;
        return station.node.strayDatagrams()
                + counters.value(Counter.DATAGRAMS_IN)
                + counters.value(Counter.DATAGRAMS_REFUSED);
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
