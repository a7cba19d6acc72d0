// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

/** The key of one direction in one phase, and the way to the next: a ratchet without a way back. */
final class DirectionKeys {
    private static final byte[] NO_CONTEXT = {};

    final Aead aead;
    final int phase;
    private final Suite suite;
    private final byte[] nextSecret;

    private DirectionKeys(Suite suite, byte[] secret, int phase) {
        this.suite = suite;
        this.phase = phase;
        byte[] keyAndIv =
                suite.expand(secret, "tributary key", NO_CONTEXT, Aead.KEY_BYTES + Aead.IV_BYTES);
        aead = suite.aead(keyAndIv, Session.HEADER_BYTES);
        nextSecret = suite.expand(secret, "tributary next", NO_CONTEXT, Suite.HASH_BYTES);
    }

    static DirectionKeys first(Suite suite, byte[] secret) {
        return new DirectionKeys(suite, secret, 0);
    }

    DirectionKeys next() {
        return new DirectionKeys(suite, nextSecret, phase ^ 1);
    }
}
