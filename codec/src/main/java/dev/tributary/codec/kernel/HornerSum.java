// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stretch of one output symbol while it is being summed up, eight bytes in a long.
 *
 * <p>Horner's rule over the bits of the coefficients: the sum is doubled in the field, then every
 * input whose coefficient has the next bit is added to it. So the doublings are shared by all
 * inputs and the rest is XOR. The sum is a long[] because C2 vectorises a loop that reads bytes and
 * writes longs, but not one that reads and writes bytes at different offsets of arrays that might
 * be the same one. Not thread-safe.
 */
final class HornerSum {
    /** Longs of a stretch: a default symbol of 1,152 bytes, and small enough for the L1 cache. */
    private static final int CAPACITY_WORDS = 144;

    /** Bytes that one sum holds at most. */
    static final int CAPACITY_BYTES = CAPACITY_WORDS * Long.BYTES;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** The lowest bit of each byte of a long. */
    private static final long ONES = 0x0101010101010101L;

    /** Inputs added in one pass over the sum. */
    private static final int GROUP = 4;

    private final long[] sum = new long[CAPACITY_WORDS];

    /** Where the inputs of the next pass start. */
    private final int[] starts = new int[GROUP];

    /** Sums row[j] times input j over the given words; input j starts at from + j * symbolBytes. */
    void compute(byte[] row, byte[] inputs, int from, int symbolBytes, int words) {
        Arrays.fill(sum, 0, words, 0);
        for (int bit = Byte.SIZE - 1; bit >= 0; bit--) {
            if (bit < Byte.SIZE - 1) {
                twice(sum, sum, words);
            }
            int pending = 0;
            for (int j = 0, start = from; j < row.length; j++, start += symbolBytes) {
                if ((row[j] >> bit & 1) != 0) {
                    starts[pending++] = start;
                    if (pending == GROUP) {
                        addFour(inputs, words);
                        pending = 0;
                    }
                }
            }
            addRest(inputs, words, pending);
        }
    }

    /** Writes the words of the sum to out, from the given index on. */
    void store(byte[] out, int at, int words) {
        long[] a = sum;
        for (int i = 0; i < words; i++) {
            LONG.set(out, at + Long.BYTES * i, a[i]);
        }
    }

    /** Doubles each byte; a bit that is shifted out comes back as 0x1D, the field's polynomial. */
    static void twice(long[] from, long[] to, int words) {
        for (int i = 0; i < words; i++) {
            long value = from[i];
            long high = value >>> 7 & ONES;
            to[i] = (value << 1 & ~ONES) ^ high ^ high << 2 ^ high << 3 ^ high << 4;
        }
    }

    private void addRest(byte[] inputs, int words, int pending) {
        switch (pending) {
            case 1 -> addOne(inputs, words);
            case 2 -> addTwo(inputs, words);
            case 3 -> addThree(inputs, words);
            default -> {}
        }
    }

    private void addOne(byte[] inputs, int words) {
        long[] a = sum;
        int p = starts[0];
        for (int i = 0; i < words; i++) {
            a[i] ^= (long) LONG.get(inputs, p + Long.BYTES * i);
        }
    }

    private void addTwo(byte[] inputs, int words) {
        long[] a = sum;
        int p = starts[0];
        int q = starts[1];
        for (int i = 0; i < words; i++) {
            int at = Long.BYTES * i;
            a[i] ^= (long) LONG.get(inputs, p + at) ^ (long) LONG.get(inputs, q + at);
        }
    }

    private void addThree(byte[] inputs, int words) {
        long[] a = sum;
        int p = starts[0];
        int q = starts[1];
        int r = starts[2];
        for (int i = 0; i < words; i++) {
            int at = Long.BYTES * i;
            a[i] ^= (long) LONG.get(inputs, p + at)
                    ^ (long) LONG.get(inputs, q + at)
                    ^ (long) LONG.get(inputs, r + at);
        }
    }

    private void addFour(byte[] inputs, int words) {
        long[] a = sum;
        int p = starts[0];
        int q = starts[1];
        int r = starts[2];
        int s = starts[3];
        for (int i = 0; i < words; i++) {
            int at = Long.BYTES * i;
            a[i] ^= (long) LONG.get(inputs, p + at)
                    ^ (long) LONG.get(inputs, q + at)
                    ^ (long) LONG.get(inputs, r + at)
                    ^ (long) LONG.get(inputs, s + at);
        }
    }
}
