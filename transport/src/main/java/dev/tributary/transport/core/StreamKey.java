// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message.End;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The broadcaster's Ed25519 key pair: its public half and a name are what a stream is called. */
public final class StreamKey {
    private static final byte[] END_CONTEXT =
            "tributary end of stream 1".getBytes(StandardCharsets.US_ASCII);

    private final Ed25519PrivateKeyParameters secret;

    private StreamKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
    }

    /** The key of a seed: 32 secret bytes, which are copied. */
    public static StreamKey of(byte[] seed) {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new StreamKey(new Ed25519PrivateKeyParameters(seed, 0));
    }

    public Bytes32 publicKey() {
        return Bytes32.of(secret.generatePublicKey().getEncoded());
    }

    /**
     * The identity of the stream with this key and name: SHA-256 of the key and the name in UTF-8.
     */
    public static Bytes32 streamId(Bytes32 key, String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.bytes());
            return Bytes32.of(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The signed word that a stream ends before a block. */
    End signEnd(Bytes32 stream, long blocks) {
        byte[] text = endText(stream, blocks);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(text, 0, text.length);
        return new End(blocks, signer.generateSignature());
    }

    /** Whether the broadcaster said so. */
    static boolean verifyEnd(StreamSpec spec, End end) {
        byte[] text = endText(spec.id(), end.blocks());
        Ed25519Signer verifier = new Ed25519Signer();
        try {
            verifier.init(false, new Ed25519PublicKeyParameters(spec.key().bytes(), 0));
        } catch (IllegalArgumentException noPointOfTheCurve) {
            return false;
        }
        verifier.update(text, 0, text.length);
        return verifier.verifySignature(end.signature());
    }

    private static byte[] endText(Bytes32 stream, long blocks) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(END_CONTEXT);
        text.writeBytes(stream.bytes());
        for (int shift = 56; shift >= 0; shift -= 8) {
            text.write((int) (blocks >>> shift));
        }
        return text.toByteArray();
    }
}
