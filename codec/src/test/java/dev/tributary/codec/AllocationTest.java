// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tributary.codec.kernel.Rows;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AllocationTest {
    private static final int CALLS = 2_000;

    private final ErasureCode code = new ErasureCode(8, 24, Kernels.scalar());
    private final byte[] block = Blocks.random(new SplittableRandom(9), 8 * 100);
    private final byte[] out = new byte[8 * 100];

    @Test
    void encodingAllocatesNothing() {
        Rows rows = code.rows(9, 3, 23);
        assertAllocatesNothing(() -> {
            code.encode(17, block, 100, out, 0);
            code.encode(rows, block, 100, out);
        });
    }

    @Test
    void decodingAKnownPatternInAnyOrderAndCheckingAllocateNothing() {
        Decoder decoder = code.decoder();
        int[] esis = {20, 1, 2, 11, 4, 5, 6, 7};
        byte[] symbols = Blocks.symbols(code, esis, block, 100);
        assertAllocatesNothing(() -> {
            int first = esis[0];
            System.arraycopy(esis, 1, esis, 0, 7);
            esis[7] = first;
            decoder.decode(esis, symbols, 100, out);
            decoder.check(20, block, 100, symbols, 0);
        });
    }

    private static void assertAllocatesNothing(Runnable call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        repeat(call);
        long before = threads.getCurrentThreadAllocatedBytes();
        repeat(call);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes in %d calls", CALLS).isLessThan(CALLS);
    }

    private static void repeat(Runnable call) {
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
    }
}
