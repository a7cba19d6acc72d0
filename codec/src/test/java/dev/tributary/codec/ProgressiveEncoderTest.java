// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tributary.codec.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ProgressiveEncoderTest {
    private final SplittableRandom random = new SplittableRandom(12);

    static Stream<Kernel> kernels() {
        return Kernels.available().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sourceSymbolsInAnyOrderGiveTheSymbolsOfTheWholeBlock(Kernel kernel) {
        for (int length = 1; length <= 200; length++) {
            int k = 1 + length % 9;
            ErasureCode code = new ErasureCode(k, k + 7, kernel);
            int[] repairs = {k + 6, k, k + 3};
            ProgressiveEncoder encoder = code.progressive(200, repairs);
            encoder.begin(length);
            byte[] block = Blocks.random(random, k * length);
            for (int esi : Blocks.randomEsis(random, k, k)) {
                assertThat(encoder.finished()).isFalse();
                encoder.fold(esi, block, esi * length);
            }
            assertMakes(encoder, repairs, code, block);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aBlockThatFillsBitByBitGivesTheSymbolsOfTheWholeBlock(Kernel kernel) {
        ErasureCode code = new ErasureCode(4, 9, kernel);
        int[] repairs = {4, 5, 8};
        ProgressiveEncoder encoder = code.progressive(100, repairs);
        for (int blocks = 0; blocks < 50; blocks++) {
            encoder.begin(100);
            byte[] block = Blocks.random(random, 400);
            for (int size = 0; size < 400; size += 1 + random.nextInt(150)) {
                assertThat(encoder.fold(block, size)).isEqualTo(size / 100);
            }
            encoder.finish(block, 100);
            assertMakes(encoder, repairs, code, block);
        }
    }

    /** Its symbols are shorter than those that were folded, so none of them can be used. */
    @Test
    void aBlockThatIsClosedEarlyGivesTheSymbolsOfTheShortBlock() {
        ErasureCode code = new ErasureCode(4, 9);
        int[] repairs = {6, 7};
        ProgressiveEncoder encoder = code.progressive(100, repairs);
        for (int length = 0; length <= 400; length++) {
            encoder.begin(100);
            byte[] block = Arrays.copyOf(Blocks.random(random, length), 400);
            encoder.fold(block, length);
            int symbolBytes = Segmenter.symbolBytes(length, 4);
            encoder.finish(block, symbolBytes);
            assertMakes(encoder, repairs, code, Arrays.copyOf(block, 4 * symbolBytes));
        }
    }

    @Test
    void aSegmenterFoldsWhatItHolds() {
        ErasureCode code = new ErasureCode(4, 8);
        Segmenter segmenter = new Segmenter(4, 1_152, 188);
        ProgressiveEncoder encoder = code.progressive(1_152, 4, 5, 6, 7);
        byte[] block = new byte[4 * 1_152];
        for (int blocks = 0; blocks < 60; blocks++) {
            encoder.begin(Segmenter.symbolBytes(segmenter.capacity(), 4));
            int size = blocks % 3 == 0 ? random.nextInt(4_000) : segmenter.capacity();
            while (segmenter.size() < size) {
                byte[] media = Blocks.random(random, Math.min(188, size - segmenter.size()));
                segmenter.append(media, 0, media.length);
                segmenter.fold(encoder);
            }
            int symbolBytes = Segmenter.symbolBytes(segmenter.close(block), 4);
            encoder.finish(block, symbolBytes);
            assertMakes(
                    encoder, new int[] {4, 5, 6, 7}, code, Arrays.copyOf(block, 4 * symbolBytes));
        }
    }

    @Test
    void theMostSymbolsAreMade() {
        ErasureCode code = new ErasureCode(127, 255);
        int[] repairs = IntStream.range(127, 255).toArray();
        ProgressiveEncoder encoder = code.progressive(30, repairs);
        byte[] block = Blocks.random(random, 127 * 30);
        assertThat(encoder.fold(block, block.length)).isEqualTo(127);
        assertMakes(encoder, repairs, code, block);
    }

    @Test
    void aSymbolBeforeTheBlockIsWholeIsRefused() {
        ProgressiveEncoder encoder = new ErasureCode(3, 5).progressive(10, 4);
        encoder.fold(1, new byte[10], 0);
        assertThatIllegalStateException()
                .isThrownBy(() -> encoder.symbol(4, new byte[10], 0))
                .withMessage("1 source symbols are folded, of 3");
    }

    @Test
    void impossibleCallsAreRefusedWithValueAndRange() {
        ErasureCode code = new ErasureCode(3, 5);
        assertRefused(() -> code.progressive(10, 2), "repair ESI is 2, not of 3..4");
        assertRefused(() -> code.progressive(10, 4, 4), "ESI 4 is there twice");
        assertRefused(() -> code.progressive(0, 4), "mostSymbolBytes is 0, not of 1..8421504");
        ProgressiveEncoder encoder = code.progressive(10, 4);
        byte[] block = new byte[30];
        assertRefused(() -> encoder.begin(11), "symbolBytes is 11, not of 1..10");
        assertRefused(() -> encoder.fold(3, block, 0), "ESI of a source symbol is 3, not of 0..2");
        assertRefused(
                () -> encoder.fold(0, block, 21),
                "symbol has 30 bytes, too few for 10 from offset 21 on");
        encoder.fold(0, block, 0);
        assertRefused(() -> encoder.fold(0, block, 0), "ESI 0 is folded already");
        assertRefused(
                () -> encoder.fold(block, 31),
                "block has 30 bytes, too few for 31 from offset 0 on");
        assertRefused(() -> encoder.finish(block, 11), "symbolBytes is 11, not of 1..10");
        encoder.finish(block, 10);
        assertRefused(() -> encoder.symbol(3, block, 0), "ESI 3 is not made here");
        assertRefused(() -> encoder.symbol(5, block, 0), "ESI is 5, not of 0..4");
    }

    private static void assertRefused(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
    }

    private static void assertMakes(
            ProgressiveEncoder encoder, int[] repairs, ErasureCode code, byte[] block) {
        assertThat(encoder.finished()).isTrue();
        int symbolBytes = block.length / code.k();
        for (int esi : repairs) {
            byte[] expected = new byte[symbolBytes];
            code.encode(esi, block, symbolBytes, expected, 0);
            byte[] actual = new byte[symbolBytes + 2];
            encoder.symbol(esi, actual, 1);
            assertThat(Arrays.copyOfRange(actual, 1, symbolBytes + 1)).isEqualTo(expected);
        }
    }
}
