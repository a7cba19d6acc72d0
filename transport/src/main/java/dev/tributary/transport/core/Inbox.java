// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Cookies;
import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;

/** Takes in datagrams: to which link they belong, whether they are the peer's, what they hold. */
final class Inbox {
    private final Node node;
    private final Counters strays = new Counters();
    private final Postbox post;
    private final Reception reception;
    private final byte[] opened = new byte[Wire.MAX_RECEIVED_BYTES];
    private final WireReader frames = new WireReader();
    private final WireReader frame = new WireReader();

    Inbox(Node node, Cookies cookies) {
        this.node = node;
        post = new Postbox(strays, node.uplink(), Node.NOWHERE);
        reception = new Reception(node, cookies, post, strays);
    }

    /** Datagrams that belonged to no link, or to no version that we speak. */
    long strays() {
        return strays.value(Counter.FRAMES_MALFORMED);
    }

    /**
     * Takes in a datagram.
     *
     * @param in at its first byte
     * @return whether there may be something to do now: false for what is not ours or was forged
     */
    boolean onDatagram(long now, int path, WireReader in, Outbox out) {
        int start = in.position();
        int length = in.remaining();
        Kind kind = Kind.of(in.u8());
        long connection = in.u64();
        boolean readable = !in.failed() && kind != null && length <= Wire.MAX_RECEIVED_BYTES;
        Link link = readable ? node.link(connection) : null;
        in.reset(in.array(), start, length);
        if (readable && kind == Kind.HELLO) {
            post.use(now, out);
            reception.onHello(now, path, in, out);
            return true;
        }
        if (link == null || kind == null) {
            strays.add(Counter.FRAMES_MALFORMED);
            return false;
        }
        link.stream.begin(now, out);
        if (kind == Kind.DATA) {
            return onData(now, path, link, in);
        }
        link.stream.counters.add(Counter.CONTROL_BYTES_IN, count(link.stream, length));
        onHandshake(now, link, kind, in);
        return true;
    }

    /** Counts a datagram; what it took on the line. */
    static int count(StreamNode stream, int length) {
        int onLine = length + Wire.IPV4_OVERHEAD_BYTES;
        stream.counters.add(Counter.DATAGRAMS_IN);
        stream.counters.add(Counter.WIRE_BYTES_IN, onLine);
        return onLine;
    }

    private void onHandshake(long now, Link link, Kind kind, WireReader in) {
        Greetings greetings = link.stream.greetings;
        switch (kind) {
            case RETRY -> greetings.onRetry(now, link, in);
            case WELCOME -> greetings.onWelcome(now, link, in);
            case FINISH -> greetings.onFinish(now, link, in);
            case REJECT -> {
                in.skip(Wire.DATAGRAM_HEADER_BYTES - Integer.BYTES);
                int reason = in.u8();
                greetings.onReject(now, link, reason, Rejection.others(reason, in));
            }
            case DATA, HELLO -> throw new IllegalStateException(kind + " is no answer");
        }
    }

    private boolean onData(long now, int path, Link link, WireReader in) {
        StreamNode stream = link.stream;
        Session session = link.session;
        int length = in.remaining();
        int text = session == null
                ? Session.REFUSED
                : session.open(in.array(), in.position(), length, opened);
        if (text == Session.REFUSED) {
            stream.counters.add(Counter.DATAGRAMS_REFUSED);
            return false;
        }
        int onLine = count(stream, length);
        stream.links.heard(now, link);
        link.roaming.from = path;
        if (path != link.path) {
            stream.links.elsewhere(now, link, path);
        }
        boolean symbols = false;
        boolean manifests = false;
        frames.reset(opened, 0, text);
        while (frames.remaining() > 0 && link.phase != Link.Phase.CLOSED) {
            int type = frames.u8();
            int bytes = frames.u16();
            int at = frames.position();
            frames.skip(bytes);
            if (frames.failed()) {
                stream.counters.add(Counter.FRAMES_MALFORMED);
                break;
            }
            symbols |= type == Wire.SYMBOL;
            manifests |= type == Wire.MANIFEST;
            stream.onFrame(now, link, type, frame.reset(opened, at, bytes));
        }
        if (manifests) {
            stream.counters.add(Counter.MANIFEST_BYTES_IN, onLine);
        } else if (!symbols) {
            stream.counters.add(Counter.CONTROL_BYTES_IN, onLine);
        }
        return true;
    }
}
