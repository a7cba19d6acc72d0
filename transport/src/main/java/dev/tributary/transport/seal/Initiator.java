// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The side of a handshake that speaks first, and that repeats what was not answered: the hello
 * until a welcome came, then the finish until a datagram of the session opened.
 */
public final class Initiator {
    /**
     * Retries that are believed: one, one more when a secret turns meanwhile, and one to spare. Who
     * sees our datagrams could else make us send hellos without end.
     */
    private static final int MOST_RETRIES = 3;

    private final NodeKey key;
    private final EphemeralKey ephemeral;
    private Hello hello;
    private int retries;

    private @Nullable Handshake handshake;
    private long remoteConnection;
    private byte @Nullable [] finish;

    /**
     * Begins a handshake.
     *
     * @param connection the id under which we want to be spoken to, not 0
     */
    public Initiator(NodeKey key, Bytes32 stream, long connection, RandomGenerator random) {
        this.key = key;
        ephemeral = new EphemeralKey(key.suite(), random);
        hello = new Hello(Wire.VERSION, 0, stream, connection, ephemeral.publicKey());
    }

    /** Writes the hello, with the cookie if there is one; its bytes. */
    public int hello(byte[] into, int offset) {
        return hello.write(into, offset);
    }

    /** A retry came; whether to send the hello, which holds the cookie now, at once. */
    public boolean onRetry(byte[] bytes, int offset, int length) {
        byte[] cookie = Retry.cookie(hello.connection(), bytes, offset, length);
        if (cookie == null || handshake != null || retries == MOST_RETRIES) {
            return false;
        }
        retries++;
        hello = hello.with(cookie);
        return true;
    }

    /**
     * A welcome came.
     *
     * @param expected id of the only node that may answer, 0 for any
     * @return the responder, to be answered with {@link #finish}; null when the datagram is no
     *     proof, or not the first: then nothing has changed
     */
    public @Nullable Proof onWelcome(long expected, byte[] bytes, int offset, int length) {
        WireReader in = new WireReader().reset(bytes, offset, length);
        if (handshake != null
                || in.u8() != Kind.WELCOME.firstByte()
                || in.u64() != hello.connection()) {
            return null;
        }
        long connection = in.u64();
        Bytes32 remote = Hello.bytes32(in);
        if (in.failed() || connection == Wire.NO_CONNECTION) {
            return null;
        }
        byte[] answer = Handshake.answer(connection, remote);
        Handshake agreed = Handshake.agree(hello, answer, ephemeral, remote);
        if (agreed == null) {
            return null;
        }
        Proof proof = agreed.check(Handshake.Step.WELCOME, bytes, offset, length);
        if (proof == null || (expected != 0 && proof.node() != expected)) {
            return null;
        }
        handshake = agreed;
        remoteConnection = connection;
        return proof;
    }

    /**
     * Makes our own proof and the link that it completes.
     *
     * @param payload for the responder, at most {@link Responder#MAX_PAYLOAD_BYTES}
     */
    public Session finish(byte[] payload) {
        Handshake agreed = handshake;
        if (agreed == null || finish != null) {
            throw new IllegalStateException("a handshake is finished once, after its welcome");
        }
        byte[] clear = new byte[Handshake.HEADER_BYTES];
        new WireWriter().reset(clear, 0).u8(Kind.FINISH.firstByte()).u64(remoteConnection);
        finish = agreed.prove(Handshake.Step.FINISH, clear, key, payload);
        return agreed.initiatorSession(remoteConnection);
    }

    /** Writes the finish, the same bytes each time; their number, 0 before there is one. */
    public int finish(byte[] into, int offset) {
        byte[] datagram = finish;
        if (datagram == null) {
            return 0;
        }
        System.arraycopy(datagram, 0, into, offset, datagram.length);
        return datagram.length;
    }
}
