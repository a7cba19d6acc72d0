// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A key pair for one handshake. */
final class EphemeralKey {
    private final Suite suite;
    private final byte[] secret = new byte[Suite.SEED_BYTES];
    private final Bytes32 publicKey;

    EphemeralKey(Suite suite, RandomGenerator random) {
        this.suite = suite;
        random.nextBytes(secret);
        publicKey = suite.ephemeralKey(secret);
    }

    Suite suite() {
        return suite;
    }

    Bytes32 publicKey() {
        return publicKey;
    }

    /** The secret shared with the holder of another key; null when the other one is no good. */
    byte @Nullable [] agree(Bytes32 other) {
        return suite.agree(secret, other);
    }
}
