// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Cookies;
import dev.tributary.transport.seal.Hello;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.List;

/**
 * The door of a node: who greets it gets a cookie, and who returns the cookie gets a handshake.
 * Before that a stranger leaves no trace here, and all strangers together have one budget.
 */
final class Reception {
    private static final double BURST = 64;
    private static final double FEWEST_WELCOMES = 4;

    /** A welcome costs two agreements on a key and a signature: half a millisecond at most. */
    private static final double MOST_WELCOMES = 200;

    /** Share of the upload cap, and the bytes of a usual welcome. */
    private static final double SHARE = 0.05;

    private static final double WELCOME_BYTES = 800;

    /** A cookie costs one hash and 26 bytes. */
    private static final double RETRIES = 1_000;

    private final Node node;
    private final Cookies cookies;
    private final Postbox post;
    private final Counters strays;
    private final Allowance welcomes;
    private final Allowance retries = new Allowance(RETRIES, RETRIES);

    Reception(Node node, Cookies cookies, Postbox post, Counters strays) {
        this.node = node;
        this.cookies = cookies;
        this.post = post;
        this.strays = strays;
        double earned = node.settings().uploadBitsPerSecond() * SHARE / 8 / WELCOME_BYTES;
        welcomes = new Allowance(BURST, Math.clamp(earned, FEWEST_WELCOMES, MOST_WELCOMES));
    }

    /** Somebody's first word, perhaps again. */
    void onHello(long now, int path, WireReader in, Outbox out) {
        Hello hello = Hello.read(in.array(), in.position(), in.remaining());
        if (hello == null) {
            strays.add(Counter.FRAMES_MALFORMED);
            return;
        }
        StreamNode stream = node.find(hello.stream());
        if (stream == null) {
            reject(path, hello, Rejection.UNKNOWN_STREAM);
            return;
        }
        stream.begin(now, out);
        int onLine = Inbox.count(stream, in.remaining());
        stream.counters.add(Counter.CONTROL_BYTES_IN, onLine);
        if (hello.minVersion() > Wire.VERSION) {
            reject(path, hello, Rejection.VERSION);
        } else {
            receive(now, path, hello, stream);
        }
    }

    private void receive(long now, int path, Hello hello, StreamNode stream) {
        Endpoint from = stream.post.outbox().address(path);
        if (stream.liars.knows(from)) {
            stream.counters.add(Counter.LINKS_REFUSED);
        } else if (!cookies.valid(now, from, hello)) {
            if (retries.take(now)) {
                stream.post.send(path, (into, at) -> cookies.retry(now, from, hello, into, at));
            } else {
                stream.counters.add(Counter.LINKS_REFUSED);
            }
        } else if (!welcomes.take(now)) {
            stream.counters.add(Counter.LINKS_REFUSED);
            List<Endpoint> others = stream.greetings.others(now, from);
            post.send(path, (to, at) -> Rejection.elsewhere(hello.connection(), others, to, at));
        } else if (!stream.greetings.onHello(now, path, hello)) {
            stream.counters.add(Counter.LINKS_REFUSED);
            reject(path, hello, Rejection.NO_ROOM);
        }
    }

    private void reject(int path, Hello hello, Rejection why) {
        post.send(path, (into, at) -> why.write(hello.connection(), into, at));
    }
}
