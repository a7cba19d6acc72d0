// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The side of a handshake that was greeted, from the hello with a valid cookie on. It repeats
 * nothing by itself: a hello that comes again gets the same welcome again.
 */
public final class Responder {
    /** Bytes that a welcome or a finish can carry for the layer above. */
    public static final int MAX_PAYLOAD_BYTES = Handshake.MAX_PAYLOAD_BYTES;

    private final Hello hello;
    private final long connection;
    private final Handshake handshake;
    private final byte[] welcome;
    private boolean over;

    private Responder(Hello hello, long connection, Handshake handshake, byte[] welcome) {
        this.hello = hello;
        this.connection = connection;
        this.handshake = handshake;
        this.welcome = welcome;
    }

    /**
     * Answers a hello whose cookie is valid.
     *
     * @param connection the id under which we want to be spoken to, not 0
     * @param payload for the initiator, at most {@link #MAX_PAYLOAD_BYTES}; who it is, is not yet
     *     known
     * @return null when the hello's key is one that shares no secret
     */
    public static @Nullable Responder accept(
            NodeKey key, Hello hello, long connection, byte[] payload, RandomGenerator random) {
        EphemeralKey ephemeral = new EphemeralKey(key.suite(), random);
        byte[] answer = Handshake.answer(connection, ephemeral.publicKey());
        Handshake agreed = Handshake.agree(hello, answer, ephemeral, hello.ephemeral());
        if (agreed == null) {
            return null;
        }
        byte[] welcome = agreed.prove(Handshake.Step.WELCOME, opening(hello, answer), key, payload);
        return new Responder(hello, connection, agreed, welcome);
    }

    /** The part of a welcome that stays readable. */
    static byte[] opening(Hello hello, byte[] answer) {
        byte[] clear = new byte[Handshake.WELCOME_CLEAR_BYTES];
        new WireWriter()
                .reset(clear, 0)
                .u8(Kind.WELCOME.firstByte())
                .u64(hello.connection())
                .raw(answer);
        return clear;
    }

    /** Whether this is the answer to a hello: it came again, perhaps with a newer cookie. */
    public boolean answers(Hello other) {
        return hello.with(other.cookie()).equals(other);
    }

    /** Writes the welcome, the same bytes each time; their number. */
    public int welcome(byte[] into, int offset) {
        System.arraycopy(welcome, 0, into, offset, welcome.length);
        return welcome.length;
    }

    /**
     * A finish came; null when it is no proof, and then nothing has changed unless the handshake is
     * {@link #spoiled}. A finish that comes again is none.
     */
    public @Nullable Established onFinish(byte[] bytes, int offset, int length) {
        WireReader in = new WireReader().reset(bytes, offset, length);
        if (over || in.u8() != Kind.FINISH.firstByte() || in.u64() != connection) {
            return null;
        }
        Proof peer = handshake.check(Handshake.Step.FINISH, bytes, offset, length);
        over = peer != null || handshake.spoiled();
        return peer == null
                ? null
                : new Established(handshake.responderSession(hello.connection()), peer);
    }

    /**
     * Whether a finish came that only the initiator can have made, and its signature was wrong: the
     * initiator lies. The caller forgets it; no finish counts any more, so a handshake costs at
     * most one such check. What others send in the initiator's name spoils nothing.
     */
    public boolean spoiled() {
        return handshake.spoiled();
    }
}
