// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import java.util.random.RandomGenerator;

/** Chance that a test has written down. */
final class FixedBytes implements RandomGenerator {
    private final byte[] bytes;
    private int position;

    FixedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException("only bytes are wanted here");
    }

    @Override
    public void nextBytes(byte[] into) {
        System.arraycopy(bytes, position, into, 0, into.length);
        position += into.length;
    }
}
