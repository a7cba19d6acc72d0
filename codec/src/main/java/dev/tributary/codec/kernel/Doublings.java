// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A stretch of one input, times 1, 2, 4, ... 128, eight bytes in a long. Its product with any
 * coefficient is the XOR of those that the coefficient's bits name, so all sums that the input is
 * added to share the doublings. Not thread-safe.
 */
final class Doublings {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long[][] powers = new long[Byte.SIZE][HornerSum.CAPACITY_BYTES / Long.BYTES];

    /** The powers of the next pass over a sum. */
    private final long[][] pending = new long[Byte.SIZE][];

    /** Takes words of the input from the given index on. */
    void take(byte[] input, int at, int words) {
        long[] first = powers[0];
        for (int i = 0; i < words; i++) {
            first[i] = (long) LONG.get(input, at + Long.BYTES * i);
        }
        for (int bit = 1; bit < Byte.SIZE; bit++) {
            HornerSum.twice(powers[bit - 1], powers[bit], words);
        }
    }

    /** Adds the product with the coefficient to words of a sum from the given index on. */
    void addTo(byte[] sum, int at, int words, int coefficient) {
        int count = 0;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            if ((coefficient >> bit & 1) != 0) {
                pending[count++] = powers[bit];
            }
        }
        int done = 0;
        for (; count - done >= 4; done += 4) {
            addFour(sum, at, words, done);
        }
        if (count - done >= 2) {
            addTwo(sum, at, words, done);
            done += 2;
        }
        if (done < count) {
            addOne(sum, at, words, done);
        }
    }

    private void addOne(byte[] sum, int at, int words, int done) {
        long[] a = pending[done];
        for (int i = 0; i < words; i++) {
            int to = at + Long.BYTES * i;
            LONG.set(sum, to, (long) LONG.get(sum, to) ^ a[i]);
        }
    }

    private void addTwo(byte[] sum, int at, int words, int done) {
        long[] a = pending[done];
        long[] b = pending[done + 1];
        for (int i = 0; i < words; i++) {
            int to = at + Long.BYTES * i;
            LONG.set(sum, to, (long) LONG.get(sum, to) ^ a[i] ^ b[i]);
        }
    }

    private void addFour(byte[] sum, int at, int words, int done) {
        long[] a = pending[done];
        long[] b = pending[done + 1];
        long[] c = pending[done + 2];
        long[] d = pending[done + 3];
        for (int i = 0; i < words; i++) {
            int to = at + Long.BYTES * i;
            LONG.set(sum, to, (long) LONG.get(sum, to) ^ a[i] ^ b[i] ^ c[i] ^ d[i]);
        }
    }
}
