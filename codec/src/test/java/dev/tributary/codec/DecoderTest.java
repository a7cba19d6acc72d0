// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DecoderTest {
    private final SplittableRandom random = new SplittableRandom(2);

    @Test
    void everyChoiceOfKSymbolsRebuildsTheBlock() {
        for (int n = 1; n <= 10; n++) {
            for (int k = 1; k <= n; k++) {
                rebuildFromEverySubset(new ErasureCode(k, n), 5);
            }
        }
    }

    private void rebuildFromEverySubset(ErasureCode code, int symbolBytes) {
        byte[] block = Blocks.random(random, code.k() * symbolBytes);
        Decoder decoder = code.decoder();
        for (int subset = 0; subset < 1 << code.n(); subset++) {
            if (Integer.bitCount(subset) == code.k()) {
                int chosen = subset;
                int[] esis = IntStream.range(0, code.n())
                        .filter(i -> (chosen >> i & 1) != 0)
                        .toArray();
                assertRebuilds(
                        decoder, esis, Blocks.symbols(code, esis, block, symbolBytes), block);
            }
        }
    }

    @Test
    void symbolsShorterThanAnyVectorAndOfOddLengthsRebuild() {
        ErasureCode code = new ErasureCode(5, 12);
        Decoder decoder = code.decoder();
        for (int length = 1; length <= 300; length++) {
            byte[] block = Blocks.random(random, 5 * length);
            int[] esis = Blocks.randomEsis(random, 5, 12);
            assertRebuilds(decoder, esis, Blocks.symbols(code, esis, block, length), block);
        }
    }

    @Test
    void allSourceSymbolsLostOrAllRepairSymbolsLostRebuild() {
        for (int[] shape :
                new int[][] {{4, 8}, {8, 16}, {17, 34}, {127, 254}, {1, 2}, {100, 255}}) {
            ErasureCode code = new ErasureCode(shape[0], shape[1]);
            byte[] block = Blocks.random(random, shape[0] * 70);
            int[] source = IntStream.range(0, shape[0]).toArray();
            int[] repair = IntStream.range(shape[1] - shape[0], shape[1]).toArray();
            Decoder decoder = code.decoder();
            assertRebuilds(decoder, source, Blocks.symbols(code, source, block, 70), block);
            assertRebuilds(decoder, repair, Blocks.symbols(code, repair, block, 70), block);
        }
    }

    @Test
    void aCodeWithoutRepairSymbolsNeedsAllSourceSymbols() {
        ErasureCode code = new ErasureCode(255, 255);
        byte[] block = Blocks.random(random, 255 * 3);
        int[] esis = Blocks.randomEsis(random, 255, 255);
        assertRebuilds(code.decoder(), esis, Blocks.symbols(code, esis, block, 3), block);
    }

    @Test
    void morePatternsThanTheCacheHoldsRebuildInAnyOrder() {
        ErasureCode code = new ErasureCode(6, 40);
        Decoder decoder = code.decoder();
        int[][] patterns = new int[3 * PatternCache.CAPACITY][];
        Arrays.setAll(patterns, i -> Blocks.randomEsis(random, 6, 40));
        for (int call = 0; call < 3000; call++) {
            int[] esis = patterns[random.nextInt(1 + random.nextInt(patterns.length))].clone();
            int swap = random.nextInt(6);
            int first = esis[0];
            esis[0] = esis[swap];
            esis[swap] = first;
            byte[] block = Blocks.random(random, 6 * 9);
            assertRebuilds(decoder, esis, Blocks.symbols(code, esis, block, 9), block);
        }
    }

    @Test
    void fewerThanKSymbolsAreRefused() {
        Decoder decoder = new ErasureCode(4, 8).decoder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[3], new byte[40], 10, new byte[40]))
                .withMessage("3 symbols, but a block needs exactly 4");
    }

    /** The missing symbol may have any value: the others fit a block for each of them. */
    @Test
    void fewerThanKSymbolsFitEveryValueOfAnother() {
        ErasureCode code = new ErasureCode(4, 9);
        byte[] block = Blocks.random(random, 4);
        for (int trial = 0; trial < 50; trial++) {
            int[] esis = Blocks.randomEsis(random, 4, 9);
            byte[] symbols = Blocks.symbols(code, esis, block, 1);
            int guesses = 0;
            for (int value = 0; value < 256; value++) {
                symbols[3] = (byte) value;
                byte[] guess = new byte[4];
                code.decoder().decode(esis, symbols, 1, guess);
                assertThat(Blocks.symbols(code, esis, guess, 1)).isEqualTo(symbols);
                guesses += Arrays.equals(guess, block) ? 1 : 0;
            }
            assertThat(guesses).isEqualTo(1);
        }
    }

    @Test
    void aRefusedCallLeavesTheBlockUnchanged() {
        Decoder decoder = new ErasureCode(2, 4).decoder();
        byte[] symbols = {1, 2};
        byte[] block = {7, 7};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[] {1, 1}, symbols, 1, block))
                .withMessage("ESI 1 is there twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[] {1, 4}, symbols, 1, block))
                .withMessage("ESI is 4, not of 0..3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[] {1, -1}, symbols, 1, block))
                .withMessage("ESI is -1, not of 0..3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[] {1, 2}, symbols, 2, block));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decoder.decode(new int[] {1, 2}, symbols, 1, symbols))
                .withMessage("block and symbols are the same array");
        assertThat(block).containsExactly(7, 7);
    }

    @Test
    void aSymbolIsCheckedAgainstItsBlock() {
        ErasureCode code = new ErasureCode(5, 9);
        Decoder decoder = code.decoder();
        for (int length : new int[] {100, 1, 300}) {
            byte[] block = Blocks.random(random, 5 * length);
            for (int esi = 0; esi < 9; esi++) {
                byte[] symbol = new byte[length + 3];
                code.encode(esi, block, length, symbol, 3);
                assertThat(decoder.check(esi, block, length, symbol, 3)).isTrue();
                symbol[3 + random.nextInt(length)] ^= (byte) (1 + random.nextInt(255));
                assertThat(decoder.check(esi, block, length, symbol, 3)).isFalse();
            }
        }
    }

    private static void assertRebuilds(Decoder decoder, int[] esis, byte[] symbols, byte[] block) {
        byte[] before = symbols.clone();
        byte[] rebuilt = new byte[block.length];
        decoder.decode(esis, symbols, block.length / esis.length, rebuilt);
        assertThat(rebuilt).as("from %s", Arrays.toString(esis)).isEqualTo(block);
        assertThat(symbols).isEqualTo(before);
    }
}
