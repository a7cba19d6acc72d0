// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.kernel.Kernel;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corners of what a code can be, with symbols shorter and longer than a vector. */
final class OddShapesTest {
    private static final int[] LENGTHS = {1, 2, 7, 15, 31, 63, 64, 65, 127, 1_153};

    private final SplittableRandom random = new SplittableRandom(13);

    static Stream<Kernel> kernels() {
        return Kernels.available().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void oneSourceSymbolIsRebuiltFromAnySymbol(Kernel kernel) {
        ErasureCode code = new ErasureCode(1, 255, kernel);
        for (int length : LENGTHS) {
            for (int esi = 0; esi < 255; esi += 127) {
                assertRebuilds(code, new int[] {esi}, length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void withoutRepairSymbolsAllSourceSymbolsRebuildInAnyOrder(Kernel kernel) {
        for (int k : new int[] {1, 2, 16, 255}) {
            ErasureCode code = new ErasureCode(k, k, kernel);
            for (int length : LENGTHS) {
                assertRebuilds(code, Blocks.randomEsis(random, k, k), length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void allSourceSymbolsLost(Kernel kernel) {
        for (int k : new int[] {1, 4, 10, 127}) {
            ErasureCode code = new ErasureCode(k, Math.min(255, 2 * k + 1), kernel);
            int[] repairs = IntStream.range(k + 1, 2 * k + 1).toArray();
            for (int length : LENGTHS) {
                assertRebuilds(code, repairs, length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void allRepairSymbolsLost(Kernel kernel) {
        for (int k : new int[] {1, 4, 10, 127, 254}) {
            ErasureCode code = new ErasureCode(k, 255, kernel);
            for (int length : LENGTHS) {
                assertRebuilds(code, IntStream.range(0, k).toArray(), length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theLargestCodeRebuildsFromRandomSymbols(Kernel kernel) {
        for (int k : new int[] {2, 100, 200, 254}) {
            ErasureCode code = new ErasureCode(k, 255, kernel);
            for (int length : LENGTHS) {
                assertRebuilds(code, Blocks.randomEsis(random, k, 255), length);
            }
        }
    }

    private void assertRebuilds(ErasureCode code, int[] esis, int length) {
        byte[] block = Blocks.random(random, code.k() * length);
        byte[] rebuilt = new byte[block.length];
        Decoder decoder = code.decoder();
        byte[] symbols = Blocks.symbols(code, esis, block, length);
        for (int time = 0; time < 2; time++) {
            decoder.decode(esis, symbols, length, rebuilt);
            assertThat(rebuilt)
                    .as("%d of %d, %d bytes", code.k(), code.n(), length)
                    .isEqualTo(block);
        }
    }
}
