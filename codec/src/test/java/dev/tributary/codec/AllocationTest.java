// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AllocationTest {
    private static final int CALLS = 2_000;

    /**
     * Vectors and wrapped arrays are on the heap until C2 has compiled what uses them, which takes
     * a moment, and a while on a busy machine.
     */
    private static final long WARM_UP_NANOS = 60_000_000_000L;

    private static final int BYTES = 200;

    private final byte[] block = Blocks.random(new SplittableRandom(9), 8 * BYTES);
    private final byte[] out = new byte[8 * BYTES];

    static Stream<Kernel> kernels() {
        return Kernels.available().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void encodingAllocatesNothing(Kernel kernel) {
        ErasureCode code = new ErasureCode(8, 24, kernel);
        Rows rows = code.rows(9, 3, 23);
        assertAllocatesNothing(() -> {
            code.encode(17, block, BYTES, out, 0);
            code.encode(rows, block, BYTES, out);
        });
    }

    /** Vectors stayed boxed where both were odd. */
    @ParameterizedTest
    @MethodSource("kernels")
    void anOddNumberOfInputsAndOfVectorsAllocatesNothing(Kernel kernel) {
        ErasureCode code = new ErasureCode(17, 20, kernel);
        byte[] odd = Blocks.random(new SplittableRandom(9), 17 * BYTES);
        Rows rows = code.rows(17, 18, 19);
        assertAllocatesNothing(() -> {
            code.encode(17, odd, BYTES, out, 0);
            code.encode(rows, odd, BYTES, out);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void encodingAsTheBlockFillsAllocatesNothing(Kernel kernel) {
        ErasureCode code = new ErasureCode(8, 24, kernel);
        ProgressiveEncoder encoder = code.progressive(BYTES, 9, 15, 23);
        assertAllocatesNothing(() -> {
            encoder.begin(BYTES);
            encoder.fold(block, 3 * BYTES);
            encoder.fold(7, block, 7 * BYTES);
            encoder.finish(block, BYTES);
            encoder.symbol(15, out, 0);
            encoder.begin(BYTES);
            encoder.finish(block, 50);
        });
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void decodingAKnownPatternInAnyOrderAndCheckingAllocateNothing(Kernel kernel) {
        ErasureCode code = new ErasureCode(8, 24, kernel);
        Decoder decoder = code.decoder();
        int[] esis = {20, 1, 2, 11, 4, 5, 6, 7};
        byte[] symbols = Blocks.symbols(code, esis, block, BYTES);
        assertAllocatesNothing(() -> {
            int first = esis[0];
            System.arraycopy(esis, 1, esis, 0, 7);
            esis[7] = first;
            decoder.decode(esis, symbols, BYTES, out);
            decoder.check(20, block, BYTES, symbols, 0);
        });
    }

    private static void assertAllocatesNothing(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (allocated >= CALLS && System.nanoTime() - start < WARM_UP_NANOS) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes in %d calls", CALLS).isLessThan(CALLS);
    }
}
