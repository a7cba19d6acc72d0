// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that rebuild lost source symbols, by the set of ESIs that was received; the least
 * recently used pattern is forgotten first. Not thread-safe.
 */
final class PatternCache {
    /** Patterns kept: a receiver with 8 suppliers and one or two away has 36 (guess). */
    static final int CAPACITY = 64;

    private static final int KEY_WORDS = (ErasureCode.MAX_SYMBOLS + Long.SIZE - 1) / Long.SIZE;

    private final int k;

    /** Most recently used first; the unused rest is null. */
    private final @Nullable Pattern[] patterns = new Pattern[CAPACITY];

    private final long[] key = new long[KEY_WORDS];

    private record Pattern(long[] key, byte[][] lostRows) {}

    PatternCache(int k) {
        this.k = k;
    }

    /**
     * One row for each lost source symbol, ascending; its coefficients are for the received symbols
     * by ascending ESI.
     *
     * @param slots for each ESI, not negative if it was received; k of them are
     */
    byte[][] lostRows(int[] slots) {
        Arrays.fill(key, 0);
        for (int esi = 0; esi < slots.length; esi++) {
            if (slots[esi] >= 0) {
                key[esi / Long.SIZE] |= 1L << esi;
            }
        }
        int index = 0;
        Pattern pattern = patterns[0];
        while (pattern != null && !Arrays.equals(pattern.key, key)) {
            index++;
            pattern = index < CAPACITY ? patterns[index] : null;
        }
        if (pattern == null) {
            pattern = new Pattern(key.clone(), compute(slots));
        }
        int moved = Math.min(index, CAPACITY - 1);
        System.arraycopy(patterns, 0, patterns, 1, moved);
        patterns[0] = pattern;
        return pattern.lostRows;
    }

    private byte[][] compute(int[] slots) {
        int[] received =
                IntStream.range(0, slots.length).filter(esi -> slots[esi] >= 0).toArray();
        Interpolation interpolation = new Interpolation(received);
        return IntStream.range(0, k)
                .filter(esi -> slots[esi] < 0)
                .mapToObj(interpolation::row)
                .toArray(byte[][]::new);
    }
}
