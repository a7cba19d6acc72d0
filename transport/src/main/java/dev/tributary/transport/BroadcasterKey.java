// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.StreamKey;
import java.security.SecureRandom;

/**
 * A broadcaster's key: who holds it can publish under its public half, and nobody else can. Only
 * {@link KeyFile} ever writes the secret half down.
 */
public final class BroadcasterKey {
    static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final StreamKey key;

    private BroadcasterKey(byte[] seed) {
        this.seed = seed;
        key = StreamKey.of(seed);
    }

    /** A key that nobody has had before. */
    public static BroadcasterKey fresh() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return new BroadcasterKey(seed);
    }

    /**
     * The key of an Ed25519 seed (RFC 8032).
     *
     * @param seed 32 secret bytes, which are copied
     */
    public static BroadcasterKey of(byte[] seed) {
        return new BroadcasterKey(seed.clone());
    }

    /** The public half in base 32, as stream links show it. */
    public String publicText() {
        return Base32.encode(key.publicKey().bytes());
    }

    StreamKey streamKey() {
        return key;
    }

    /** The secret, for the key's file alone. */
    String secretText() {
        return Base32.encode(seed);
    }

    /** Only the public half. */
    @Override
    public String toString() {
        return "BroadcasterKey[" + publicText() + "]";
    }
}
