// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.trust.ContentSecret;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.wire.Bytes32;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The broadcaster's Ed25519 key pair: its public half and a name are what a stream is called. */
public final class StreamKey {
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

    /** Signs a ticket to a closed stream. */
    public Ticket ticket(TicketTerms terms) {
        return Ticket.sign(terms, secret);
    }

    /** What the keys to an encrypted stream are made from. */
    public ContentSecret contentSecret(Bytes32 stream) {
        return new ContentSecret(secret.getEncoded(), stream);
    }

    /** Signs a word of the source, which means nothing in another stream or as another word. */
    byte[] sign(SourceWord word, Bytes32 stream, byte[] text, int length) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        word.feed(signer, stream, text, length);
        return signer.generateSignature();
    }
}
