// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Compares, warms and times kernels on what a node does with a block, all operations of them. */
final class KernelTrial {
    private static final int K = 8;
    private static final int N = 16;

    /** A default symbol. */
    private static final int SYMBOL_BYTES = 1_152;

    /** Bytes are compared at every symbol length up to as many: some vectors and an odd rest. */
    private static final int COMPARED_BYTES = 300;

    /**
     * Comparisons of a kernel that warms slowly. They warm it: a vector kernel is hundreds of times
     * slower until C2 has compiled it, and gets there soonest by many calls for few bytes.
     */
    private static final int WARMING_COMPARISONS = 4;

    /** After that no comparison begins for warming: a JVM without C2 would take many seconds. */
    private static final long WARMING_NANOS = 2_000_000_000L;

    /** Longest trial; a kernel that C2 is late to compile needs much of it on a busy host. */
    private static final long TRIAL_NANOS = 3_000_000_000L;

    /** A kernel that leads is measured until it has not become faster for as long. */
    private static final long PATIENCE_NANOS = 60_000_000L;

    /** The same where there is a kernel that warms slowly: what is cold must not decide. */
    private static final long WARMING_PATIENCE_NANOS = 800_000_000L;

    /** The fastest round counts, so that a disturbed one does not. */
    private static final long ROUND_NANOS = 5_000_000L;

    /** A round that is better by less is noise. */
    private static final double FASTER = 1.02;

    private static final int REPAIRS = N - K;

    /** Rows of the pass that is no multiple of any kernel's width. */
    private static final int SOME = 3;

    /** Where a kernel writes: all repair symbols, some, all again one by one; and the sums. */
    private record Output(byte[] symbols, byte[] sums) {
        static Output empty() {
            return new Output(
                    new byte[(2 * REPAIRS + SOME) * SYMBOL_BYTES + 1],
                    new byte[REPAIRS * SYMBOL_BYTES]);
        }

        void clear() {
            Arrays.fill(symbols, (byte) 0);
            Arrays.fill(sums, (byte) 0);
        }
    }

    private final Kernel oracle;
    private final LongSupplier nanoTime;
    private final long patience;
    private final Rows all = new Rows(REPAIRS);
    private final Rows some = new Rows(SOME);

    /** The coefficients of each source symbol in the repair symbols. */
    private final byte[][] columns = new byte[K][REPAIRS];

    private final byte[] block = new byte[K * SYMBOL_BYTES];
    private final Output actual = Output.empty();
    private final Output expected = Output.empty();

    /** A trial of these kernels, of which the first one is the oracle of the others. */
    KernelTrial(List<Kernel> kernels, LongSupplier nanoTime) {
        this.oracle = kernels.getFirst();
        this.nanoTime = nanoTime;
        patience = kernels.stream().anyMatch(Kernel::warmsSlowly)
                ? WARMING_PATIENCE_NANOS
                : PATIENCE_NANOS;
        ErasureCode code = new ErasureCode(K, N, oracle);
        for (int i = 0; i < REPAIRS; i++) {
            byte[] row = code.row(K + i);
            all.add(row, i);
            if (i < SOME) {
                some.add(row, REPAIRS + i);
            }
            for (int j = 0; j < K; j++) {
                columns[j][i] = row[j];
            }
        }
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 + i / SYMBOL_BYTES * 17 + (i >> 5));
        }
    }

    /** Whether the kernel gives the oracle's bytes at every short length and a default symbol's. */
    boolean agrees(Kernel kernel) {
        int comparisons = kernel.warmsSlowly() ? WARMING_COMPARISONS : 1;
        long start = nanoTime.getAsLong();
        for (int comparison = 0; comparison < comparisons; comparison++) {
            if (comparison > 0 && nanoTime.getAsLong() - start > WARMING_NANOS) {
                break;
            }
            for (int length = 1; length <= COMPARED_BYTES; length++) {
                if (!agrees(kernel, length)) {
                    return false;
                }
            }
        }
        return agrees(kernel, SYMBOL_BYTES);
    }

    private boolean agrees(Kernel kernel, int symbolBytes) {
        actual.clear();
        expected.clear();
        code(kernel, symbolBytes, actual);
        code(oracle, symbolBytes, expected);
        return Arrays.equals(actual.symbols(), expected.symbols())
                && Arrays.equals(actual.sums(), expected.sums());
    }

    /**
     * Bytes times coefficients per nanosecond in the best round.
     *
     * @param leading the best rate of others; a kernel below it may still be warming up
     */
    double bytesPerNano(Kernel kernel, double leading) {
        double best = 0;
        long start = nanoTime.getAsLong();
        long now = start;
        long improved = start;
        while (now - start < TRIAL_NANOS && (best <= leading || now - improved < patience)) {
            long roundStart = now;
            long bytes = 0;
            while (now - roundStart < ROUND_NANOS) {
                bytes += code(kernel, SYMBOL_BYTES, actual);
                now = nanoTime.getAsLong();
            }
            double rate = (double) bytes / (now - roundStart);
            if (rate > best * FASTER) {
                improved = now;
            }
            best = Math.max(best, rate);
        }
        return best;
    }

    /** Makes repair symbols in every way; returns the bytes times coefficients. */
    private long code(Kernel kernel, int symbolBytes, Output output) {
        kernel.multiply(all, block, symbolBytes, output.symbols());
        kernel.multiply(some, block, symbolBytes, output.symbols());
        for (int i = 0; i < REPAIRS; i++) {
            int at = (REPAIRS + SOME + i) * symbolBytes + 1;
            kernel.dot(all.row(i), block, symbolBytes, output.symbols(), at);
        }
        for (int j = 0; j < K; j++) {
            int at = j * symbolBytes;
            kernel.accumulate(columns[j], block, at, symbolBytes, output.sums());
        }
        return (long) (3 * REPAIRS + SOME) * K * symbolBytes;
    }
}
