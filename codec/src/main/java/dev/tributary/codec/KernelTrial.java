// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Compares and times kernels on what a node does most: one repair symbol of a block. */
final class KernelTrial {
    private static final int K = 8;
    private static final int N = 16;

    /** A default symbol. */
    private static final int SYMBOL_BYTES = 1_152;

    /** Bytes are compared at every symbol length up to as many: some vectors and an odd rest. */
    private static final int COMPARED_BYTES = 300;

    /** A vector kernel is slow until C2 has compiled it: half a second and more on a busy host. */
    private static final long TRIAL_NANOS = 1_500_000_000L;

    /** The fastest round counts, so that a disturbed one does not. */
    private static final long ROUND_NANOS = 10_000_000L;

    /** Symbols between two looks at the clock. */
    private static final int BATCH = 64;

    private final Kernel oracle;
    private final LongSupplier nanoTime;
    private final byte[][] repairRows;
    private final byte[] block = new byte[K * SYMBOL_BYTES];
    private final byte[] out = new byte[N * SYMBOL_BYTES];
    private final byte[] expected = new byte[N * SYMBOL_BYTES];

    KernelTrial(Kernel oracle, LongSupplier nanoTime) {
        this.oracle = oracle;
        this.nanoTime = nanoTime;
        ErasureCode code = new ErasureCode(K, N, oracle);
        this.repairRows = new byte[N - K][];
        for (int i = 0; i < repairRows.length; i++) {
            repairRows[i] = code.row(K + i);
        }
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 + i / SYMBOL_BYTES * 17 + (i >> 5));
        }
    }

    /** Whether the kernel gives the oracle's bytes at every short length and number of rows. */
    boolean agrees(Kernel kernel) {
        Rows rows = new Rows(repairRows.length);
        Arrays.fill(out, (byte) 0);
        Arrays.fill(expected, (byte) 0);
        for (int length = 1; length <= COMPARED_BYTES; length++) {
            rows.clear();
            for (int i = 0; i <= length % repairRows.length; i++) {
                rows.add(repairRows[i], i);
            }
            oracle.multiply(rows, block, length, expected);
            kernel.multiply(rows, block, length, out);
            kernel.dot(repairRows[length % repairRows.length], block, length, out, N * length);
            oracle.dot(repairRows[length % repairRows.length], block, length, expected, N * length);
            if (!Arrays.equals(out, expected)) {
                return false;
            }
        }
        return true;
    }

    /** Source bytes per nanosecond in the best round. */
    double bytesPerNano(Kernel kernel) {
        double best = 0;
        long start = nanoTime.getAsLong();
        long now = start;
        while (now - start < TRIAL_NANOS) {
            long roundStart = now;
            long bytes = 0;
            while (now - roundStart < ROUND_NANOS) {
                for (int i = 0; i < BATCH; i++) {
                    kernel.dot(repairRows[i % repairRows.length], block, SYMBOL_BYTES, out, 0);
                }
                bytes += (long) BATCH * K * SYMBOL_BYTES;
                now = nanoTime.getAsLong();
            }
            best = Math.max(best, (double) bytes / (now - roundStart));
        }
        return best;
    }
}
