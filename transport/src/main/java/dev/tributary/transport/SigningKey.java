// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.StreamKey;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.trust.ContentKeys;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.wire.Bytes32;
import java.security.SecureRandom;

/**
 * An Ed25519 key that is kept. Under a broadcaster's key streams are published and tickets signed,
 * by nobody else; a viewer or a relay proves with its own who it is, so that a ticket can be made
 * out to it. Only {@link KeyFile} ever writes the secret half down.
 */
public final class SigningKey {
    static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final StreamKey key;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        key = StreamKey.of(seed);
    }

    /** A key that nobody has had before. */
    public static SigningKey fresh() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return new SigningKey(seed);
    }

    /**
     * The key of an Ed25519 seed (RFC 8032).
     *
     * @param seed 32 secret bytes, which are copied
     */
    public static SigningKey of(byte[] seed) {
        return new SigningKey(seed.clone());
    }

    Bytes32 publicKey() {
        return key.publicKey();
    }

    /**
     * Signs a ticket to a stream that is published under this key.
     *
     * @throws IllegalArgumentException if there can be no such ticket; the message says why
     */
    public StreamTicket ticket(TicketOrder order) {
        Bytes32 stream = StreamKey.streamId(key.publicKey(), order.streamName());
        TicketTerms terms = order.terms(stream);
        ContentKeys content = order.contentKeys()
                ? key.contentSecret(stream).during(terms.notBeforeSeconds(), terms.endSeconds())
                : null;
        return new StreamTicket(new Pass(key.ticket(terms), content));
    }

    /** The public half in base 32, as stream links show it. */
    public String publicText() {
        return text(key.publicKey());
    }

    /** A public half in base 32. */
    static String text(Bytes32 publicKey) {
        return Base32.encode(publicKey.bytes());
    }

    StreamKey streamKey() {
        return key;
    }

    NodeKey nodeKey() {
        return NodeKey.of(StrongSuite.INSTANCE, seed);
    }

    /** The secret, for the key's file alone. */
    String secretText() {
        return Base32.encode(seed);
    }

    /** Only the public half. */
    @Override
    public String toString() {
        return "SigningKey[" + publicText() + "]";
    }
}
