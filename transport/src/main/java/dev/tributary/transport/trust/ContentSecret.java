// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Bytes32;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * From which the broadcaster makes the keys of all periods of one stream. It comes of the seed of
 * the broadcaster's key and tells nothing of it, nor one period's key of another's.
 */
public final class ContentSecret implements PeriodKeys {
    private static final byte[] SALT =
            "tributary content secret 1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] secret;

    /**
     * @param seed of the broadcaster's key
     * @param stream the stream's identity
     */
    public ContentSecret(byte[] seed, Bytes32 stream) {
        StrongSuite suite = StrongSuite.INSTANCE;
        secret = suite.expand(
                suite.extract(SALT, seed), "tributary content stream", stream.bytes(), KEY_BYTES);
    }

    @Override
    public byte[] of(long period) {
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(period).array();
        return StrongSuite.INSTANCE.expand(secret, "tributary content period", number, KEY_BYTES);
    }

    /** The keys of all periods that a time touches, for whoever may read what is made in it. */
    public ContentKeys during(long fromSeconds, long endSeconds) {
        long first = PeriodKeys.at(fromSeconds);
        long count = PeriodKeys.at(endSeconds - 1) - first + 1;
        byte[][] keys = new byte[(int) Math.min(count, ContentKeys.MOST + 1)][];
        if (keys.length > ContentKeys.MOST) {
            throw new IllegalArgumentException("content keys are for at most " + ContentKeys.MOST
                    + " hours, not for " + count);
        }
        for (int i = 0; i < keys.length; i++) {
            keys[i] = of(first + i);
        }
        return new ContentKeys(first, keys);
    }
}
