// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.seal.Established;
import dev.tributary.transport.seal.Hello;
import dev.tributary.transport.seal.Initiator;
import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Introduction;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The far end of one link, without a core: it says what it is told to. It has a key and a session
 * as every node, and seals each datagram when it says it, since no number is used twice.
 */
final class ScriptedPeer {
    private static final int VIEWER = 2;

    final int path;
    private final LiveNode live;
    private final RandomGenerator random;
    private final NodeKey key;
    private final long connection;
    private final byte[] bytes = new byte[Wire.MAX_RECEIVED_BYTES];
    private final byte[] opened = new byte[Wire.MAX_RECEIVED_BYTES];
    private final Deque<byte[]> greetings = new ArrayDeque<>();
    private @Nullable Responder responder;
    private @Nullable Session session;

    ScriptedPeer(LiveNode live, int path) {
        this.live = live;
        this.path = path;
        random = new SplittableRandom(path);
        byte[] seed = new byte[NodeKey.SEED_BYTES];
        random.nextBytes(seed);
        key = NodeKey.of(StrongSuite.INSTANCE, seed);
        connection = 77_000_000L + path;
    }

    /** Greets the node, returns its cookie, and proves who it is. */
    void greet() {
        Initiator initiator = new Initiator(key, LiveNode.SPEC.id(), connection, random);
        live.receive(path, bytes, initiator.hello(bytes, 0));
        byte[] retry = heard(Kind.RETRY);
        Received.require(initiator.onRetry(retry, 0, retry.length), "a retry without a cookie");
        live.receive(path, bytes, initiator.hello(bytes, 0));
        byte[] welcome = heard(Kind.WELCOME);
        Received.require(
                initiator.onWelcome(live.node.id(), welcome, 0, welcome.length) != null,
                "the node does not prove itself");
        session = initiator.finish(frames(
                new Introduction(VIEWER, CountingOutbox.endpoint(0), new byte[0], idle(), null)));
        live.receive(path, bytes, initiator.finish(bytes, 0));
    }

    private byte[] heard(Kind kind) {
        byte[] datagram = greetings.poll();
        if (datagram == null || Kind.of(datagram[0] & 0xFF) != kind) {
            throw new IllegalStateException("no " + kind + " for the peer at path " + path);
        }
        return datagram;
    }

    /** Whether the node greets it, and waits for its welcome. */
    boolean isGreeted() {
        return !greetings.isEmpty();
    }

    /** Answers the node's hello, with this welcome; then the node proves itself. */
    void welcome(Message.Welcome welcome) {
        byte[] datagram = heard(Kind.HELLO);
        Hello hello = Hello.read(datagram, 0, datagram.length);
        responder = hello == null
                ? null
                : Responder.accept(key, hello, connection, frames(welcome), random);
        Received.require(responder != null, "a hello that cannot be read");
        if (responder != null) {
            live.receive(path, bytes, responder.welcome(bytes, 0));
        }
        Received.require(session != null, "the node does not prove itself to path " + path);
    }

    /** Takes in a datagram of a handshake; it is answered later, but a proof counts at once. */
    void onGreeting(byte[] datagram) {
        Established made =
                responder == null ? null : responder.onFinish(datagram, 0, datagram.length);
        if (made == null) {
            greetings.add(datagram);
        } else {
            Received.require(made.peer().node() == live.node.id(), "another node's proof");
            session = made.session();
        }
    }

    /** The frames of a datagram that the node sent here: their bytes are in {@link #opened}. */
    int open(byte[] datagram, int offset, int length) {
        int text = session().open(datagram, offset, length, opened);
        Received.require(text != Session.REFUSED, "path " + path + " cannot open what it got");
        return text;
    }

    /** Where the last datagram was opened to. */
    byte[] opened() {
        return opened;
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("no session at path " + path);
        }
        return session;
    }

    /** Says these frames to the node: seals them, and hands them over. */
    void say(byte[] frames) {
        System.arraycopy(frames, 0, bytes, Session.HEADER_BYTES, frames.length);
        live.receive(path, bytes, session().seal(live.now(), bytes, 0, frames.length));
    }

    void say(Message... frames) {
        say(frames(frames));
    }

    /** What a viewer that has not started says once a second. */
    static byte[] keepAlive() {
        return frames(new Message.StatusReport(0, idle()));
    }

    private static Status idle() {
        return new Status(0, -1, 0, 0, LiveNode.K, LiveNode.K, 0, 0, List.of(), List.of());
    }

    /** Messages as the frames of one datagram, unsealed. */
    static byte[] frames(Message... messages) {
        byte[] room = new byte[Wire.MAX_RECEIVED_BYTES];
        WireWriter writer = new WireWriter().reset(room, 0);
        for (Message message : messages) {
            MessageEncoder.encode(message, writer);
        }
        return Arrays.copyOf(room, writer.length());
    }

    /** The messages among the frames of a datagram, without symbols. */
    static List<Message> messages(byte[] frames, int length) {
        WireReader in = new WireReader().reset(frames, 0, length);
        List<Message> messages = new ArrayList<>();
        while (in.remaining() > 0) {
            int type = in.u8();
            int size = in.u16();
            WireReader body = new WireReader().reset(frames, in.position(), size);
            in.skip(size);
            Message message = type == Wire.SYMBOL ? null : MessageDecoder.decode(type, body);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }
}
