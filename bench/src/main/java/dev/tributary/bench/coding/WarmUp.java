// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

/**
 * Runs vector code until C2 has it. Before, it is slower by orders of magnitude, and on a busy
 * machine that may last longer than JMH's warm-up. A program selects its kernel off the hot path.
 */
final class WarmUp {
    private static final long MOST_NANOS = 10_000_000_000L;
    private static final long ROUND_NANOS = 50_000_000;

    /** Compiled vector code is faster than this everywhere, all other code much slower. */
    private static final double COMPILED_BYTES_PER_NANO = 2;

    private WarmUp() {}

    /** Calls it until it is fast, for ten seconds at most; a call codes so many source bytes. */
    static void run(Runnable operation, int sourceBytes) {
        long end = System.nanoTime() + MOST_NANOS;
        double bytesPerNano = 0;
        while (bytesPerNano < COMPILED_BYTES_PER_NANO && System.nanoTime() < end) {
            long start = System.nanoTime();
            long calls = 0;
            while (System.nanoTime() - start < ROUND_NANOS) {
                operation.run();
                calls++;
            }
            bytesPerNano = (double) calls * sourceBytes / (System.nanoTime() - start);
        }
    }
}
