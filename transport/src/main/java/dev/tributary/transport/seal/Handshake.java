// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a handshake compute alike, from the moment at which they share a secret: SIGMA
 * with the identities sealed. Each side signs a hash of all that was said before, and the keys of
 * the link come from the hash of everything.
 */
final class Handshake {
    static final int HEADER_BYTES = 9;

    /** Header, connection id and ephemeral key in front of the sealed part of a welcome. */
    static final int WELCOME_CLEAR_BYTES = HEADER_BYTES + 8 + 32;

    static final int PROOF_BYTES = 32 + Suite.SIGNATURE_BYTES + Aead.TAG_BYTES;

    /** So that a welcome is no larger than any other datagram. */
    static final int MAX_PAYLOAD_BYTES =
            Wire.MAX_DATAGRAM_BYTES - WELCOME_CLEAR_BYTES - PROOF_BYTES;

    private static final byte[] CONTEXT = ascii("tributary handshake 1");
    private static final byte[] NO_CONTEXT = {};

    /** The two proofs, and the labels of their signatures and keys. */
    enum Step {
        WELCOME("tributary welcome 1", WELCOME_CLEAR_BYTES),
        FINISH("tributary finish 1", HEADER_BYTES);

        private final String label;
        private final int clearBytes;

        Step(String label, int clearBytes) {
            this.label = label;
            this.clearBytes = clearBytes;
        }
    }

    private final Suite suite;
    private final byte[] secret;
    private byte[] transcript;
    private boolean spoiled;

    private Handshake(Suite suite, byte[] secret, byte[] transcript) {
        this.suite = suite;
        this.secret = secret;
        this.transcript = transcript;
    }

    /**
     * The state after hello and the open part of the welcome.
     *
     * @param remote the other side's ephemeral key; null comes back when it is no good
     */
    static @Nullable Handshake agree(Hello hello, byte[] answer, EphemeralKey own, Bytes32 remote) {
        byte[] shared = own.agree(remote);
        if (shared == null) {
            return null;
        }
        Suite suite = own.suite();
        byte[] transcript = suite.hash(CONTEXT, hello.core(), answer);
        return new Handshake(suite, suite.extract(transcript, shared), transcript);
    }

    /** The part of a welcome that comes after its header and is not sealed. */
    static byte[] answer(long connection, Bytes32 ephemeral) {
        byte[] answer = new byte[WELCOME_CLEAR_BYTES - HEADER_BYTES];
        new WireWriter().reset(answer, 0).u64(connection).raw(ephemeral.bytes());
        return answer;
    }

    /**
     * The whole datagram of a step.
     *
     * @param clear its first bytes, which stay readable
     */
    byte[] prove(Step step, byte[] clear, NodeKey key, byte[] payload) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a handshake carries at most " + MAX_PAYLOAD_BYTES
                    + " bytes, not " + payload.length);
        }
        byte[] publicKey = key.publicKey().bytes();
        byte[] said = suite.hash(transcript, publicKey, payload);
        byte[] signature = key.sign(signed(step, said));
        byte[] datagram = new byte[clear.length + PROOF_BYTES + payload.length];
        WireWriter out = new WireWriter().reset(datagram, 0);
        out.raw(clear).raw(publicKey).raw(signature).raw(payload);
        int text = out.length() - clear.length;
        aead(step).seal(0, datagram, 0, text);
        transcript = suite.hash(said, signature);
        return datagram;
    }

    /**
     * Who speaks in the datagram of a step; null when nobody does, and then nothing has changed,
     * unless it is {@link #spoiled}.
     */
    @Nullable
    Proof check(Step step, byte[] bytes, int offset, int length) {
        byte[] text = new byte[Math.max(0, length)];
        int opened = aead(step).open(0, bytes, offset, length, text);
        if (opened == Aead.REFUSED) {
            return null;
        }
        WireReader in = new WireReader().reset(text, 0, opened);
        Bytes32 key = Hello.bytes32(in);
        byte[] signature = new byte[Suite.SIGNATURE_BYTES];
        in.read(signature);
        byte[] payload = new byte[in.remaining()];
        in.read(payload);
        byte[] said = suite.hash(transcript, key.bytes(), payload);
        if (in.failed() || !suite.verify(key, signed(step, said), signature)) {
            spoiled = true;
            return null;
        }
        transcript = suite.hash(said, signature);
        return new Proof(key, NodeKey.idOf(suite, key), payload);
    }

    /**
     * Whether a datagram opened and yet proved nothing. Only who shares our secret can have made
     * it, so the other side lies; whoever else can send from its address cannot.
     */
    boolean spoiled() {
        return spoiled;
    }

    /** The link of the side that began, once both proofs are made. */
    Session initiatorSession(long remoteConnection) {
        return new Session(suite, remoteConnection, initiatorSecret(), responderSecret());
    }

    /** The link of the side that answered, once both proofs are made. */
    Session responderSession(long remoteConnection) {
        return new Session(suite, remoteConnection, responderSecret(), initiatorSecret());
    }

    private byte[] initiatorSecret() {
        return suite.expand(secret, "tributary initiator", transcript, Suite.HASH_BYTES);
    }

    private byte[] responderSecret() {
        return suite.expand(secret, "tributary responder", transcript, Suite.HASH_BYTES);
    }

    /** The key of one step; it seals one datagram. */
    Aead aead(Step step) {
        byte[] keyAndIv =
                suite.expand(secret, step.label, NO_CONTEXT, Aead.KEY_BYTES + Aead.IV_BYTES);
        return suite.aead(keyAndIv, step.clearBytes);
    }

    private static byte[] signed(Step step, byte[] said) {
        byte[] label = ascii(step.label);
        byte[] text = new byte[label.length + said.length];
        new WireWriter().reset(text, 0).raw(label).raw(said);
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
