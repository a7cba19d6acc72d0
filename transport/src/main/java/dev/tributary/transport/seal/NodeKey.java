// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** The Ed25519 key pair of one node; its public half is what the node's id is made of. */
public final class NodeKey {
    /** Bytes of a secret seed. */
    public static final int SEED_BYTES = Suite.SEED_BYTES;

    private static final byte[] ID_CONTEXT = "tributary node 1".getBytes(StandardCharsets.US_ASCII);

    private final Suite suite;
    private final byte[] seed;
    private final Bytes32 publicKey;
    private final long id;

    private NodeKey(Suite suite, byte[] seed) {
        this.suite = suite;
        this.seed = seed;
        publicKey = suite.publicKey(seed);
        id = idOf(suite, publicKey);
    }

    /** The key of a seed: 32 secret bytes, which are copied. */
    public static NodeKey of(Suite suite, byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 seed has " + SEED_BYTES + " bytes, not " + seed.length);
        }
        return new NodeKey(suite, seed.clone());
    }

    /** A key of nobody else, if the random numbers are good. */
    public static NodeKey fresh(Suite suite, RandomGenerator random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new NodeKey(suite, seed);
    }

    /** The id of the node with a public key: 8 bytes of its hash, so nobody can choose one. */
    public static long idOf(Suite suite, Bytes32 publicKey) {
        long first = ByteBuffer.wrap(suite.hash(ID_CONTEXT, publicKey.bytes())).getLong();
        // 0 means "no node" elsewhere.
        return first == 0 ? 1 : first;
    }

    /** What this key signs with, and what the handshakes and links of its node are made of. */
    public Suite suite() {
        return suite;
    }

    public Bytes32 publicKey() {
        return publicKey;
    }

    /** The id by which other nodes know the holder of this key. */
    public long id() {
        return id;
    }

    /** Signs a text, which begins with a title of its own: no other text may look like it. */
    public byte[] sign(byte[] text) {
        return suite.sign(seed, publicKey, text);
    }
}
