// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static java.util.Objects.requireNonNull;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Wire;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Somebody without a core who begins a handshake, step by step, and seals what it says then. */
public final class Caller {
    private final NodeKey key;
    private final Initiator initiator;
    private final byte[] room = new byte[Wire.MAX_RECEIVED_BYTES];
    private @Nullable Proof responder;
    private @Nullable Session session;

    /** With a key of its own, under a connection id of its choice. */
    public Caller(Suite suite, Bytes32 stream, long connection, RandomGenerator random) {
        byte[] seed = new byte[Suite.SEED_BYTES];
        random.nextBytes(seed);
        key = NodeKey.of(suite, seed);
        initiator = new Initiator(key, stream, connection, random);
    }

    public Bytes32 key() {
        return key.publicKey();
    }

    public long node() {
        return key.id();
    }

    /** Signs with its key. */
    public byte[] sign(byte[] text) {
        return key.sign(text);
    }

    /** A session with nobody at its other end. */
    public static Session session(Suite suite, RandomGenerator random) {
        Caller caller = new Caller(suite, new Bytes32(1, 2, 3, 4), 5, random);
        byte[] hello = caller.hello();
        Responder responder = requireNonNull(Responder.accept(
                NodeKey.of(suite, new byte[Suite.SEED_BYTES]),
                requireNonNull(Hello.read(hello, 0, hello.length)),
                6,
                new byte[0],
                random));
        byte[] welcome = new byte[Wire.MAX_DATAGRAM_BYTES];
        int length = responder.welcome(welcome, 0);
        requireNonNull(caller.welcome(Arrays.copyOf(welcome, length)));
        caller.finish(new byte[0]);
        return caller.session();
    }

    /** The hello, with the cookie once there is one. */
    public byte[] hello() {
        return Arrays.copyOf(room, initiator.hello(room, 0));
    }

    /** Whether the datagram is a retry after which the hello is to be said again. */
    public boolean takesRetry(byte[] datagram) {
        return kind(datagram) == Kind.RETRY && initiator.onRetry(datagram, 0, datagram.length);
    }

    /** What the responder said with its proof; null when this is no welcome. */
    public byte @Nullable [] welcome(byte[] datagram) {
        Proof proof = kind(datagram) == Kind.WELCOME
                ? initiator.onWelcome(0, datagram, 0, datagram.length)
                : null;
        responder = proof == null ? responder : proof;
        return proof == null ? null : proof.payload();
    }

    /** Whether a welcome has come, and the finish may go. */
    public boolean welcomed() {
        return responder != null;
    }

    /** The proof, with what it says; from now on it can seal. */
    public byte[] finish(byte[] payload) {
        if (session == null) {
            session = initiator.finish(payload);
        }
        return Arrays.copyOf(room, initiator.finish(room, 0));
    }

    /** Whether it can seal and open. */
    public boolean linked() {
        return session != null;
    }

    /** A datagram with these frames. */
    public byte[] seal(long now, byte[] frames) {
        System.arraycopy(frames, 0, room, Session.HEADER_BYTES, frames.length);
        return Arrays.copyOf(room, session().seal(now, room, 0, frames.length));
    }

    /** The frames of a datagram; null when it is not for us, or came before. */
    public byte @Nullable [] open(byte[] datagram) {
        Session own = session;
        int text = own == null || kind(datagram) != Kind.DATA
                ? Session.REFUSED
                : own.open(datagram, 0, datagram.length, room);
        return text == Session.REFUSED ? null : Arrays.copyOf(room, text);
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("nobody has proved anything yet");
        }
        return session;
    }

    private static @Nullable Kind kind(byte[] datagram) {
        return datagram.length == 0 ? null : Kind.of(datagram[0] & 0xFF);
    }
}
