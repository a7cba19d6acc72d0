// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SegmenterTest {
    @Test
    void aFullBlockHoldsAMultipleOfTheAlignment() {
        assertThat(new Segmenter(8, 1_152, 188).capacity()).isEqualTo(9_212);
        assertThat(new Segmenter(8, 1_152, 1).capacity()).isEqualTo(9_216);
        assertThat(new Segmenter(1, 10, 10).capacity()).isEqualTo(10);
    }

    @Test
    void aFullBlockTakesNoMoreBytes() {
        Segmenter segmenter = new Segmenter(2, 5, 3);
        assertThat(segmenter.append(new byte[20], 1, 7)).isEqualTo(7);
        assertThat(segmenter.full()).isFalse();
        assertThat(segmenter.append(new byte[20], 1, 7)).isEqualTo(2);
        assertThat(segmenter.full()).isTrue();
        assertThat(segmenter.size()).isEqualTo(9);
        assertThat(segmenter.append(new byte[20], 1, 7)).isZero();
    }

    @Test
    void aPartFilledBlockIsPaddedAndHasShorterSymbols() {
        Segmenter segmenter = new Segmenter(4, 3, 1);
        segmenter.append(new byte[] {1, 2, 3, 4, 5}, 0, 5);
        byte[] block = new byte[14];
        Arrays.fill(block, (byte) 9);
        assertThat(segmenter.close(block)).isEqualTo(5);
        assertThat(block).containsExactly(1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 9, 9);
        assertThat(Segmenter.symbolBytes(5, 4)).isEqualTo(2);
        assertThat(segmenter.size()).isZero();
    }

    @Test
    void symbolsAreAsShortAsTheBlockAllows() {
        assertThat(Segmenter.symbolBytes(0, 4)).isEqualTo(1);
        assertThat(Segmenter.symbolBytes(1, 4)).isEqualTo(1);
        assertThat(Segmenter.symbolBytes(8, 4)).isEqualTo(2);
        assertThat(Segmenter.symbolBytes(9, 4)).isEqualTo(3);
        assertThat(Segmenter.symbolBytes(9_212, 8)).isEqualTo(1_152);
        assertThat(Segmenter.symbolBytes(Integer.MAX_VALUE, 1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void blocksThatAreCodedLostAndRebuiltJoinToTheStream() {
        SplittableRandom random = new SplittableRandom(3);
        ErasureCode code = new ErasureCode(4, 10);
        Segmenter segmenter = new Segmenter(4, 50, 7);
        Decoder decoder = code.decoder();
        byte[] stream = Blocks.random(random, 20_000);
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        byte[] block = new byte[200];
        byte[] rebuilt = new byte[200];
        int at = 0;
        while (at < stream.length) {
            int offered = Math.min(1 + random.nextInt(90), stream.length - at);
            at += segmenter.append(stream, at, offered);
            if (segmenter.full() || random.nextInt(5) == 0 || at == stream.length) {
                int length = segmenter.close(block);
                int symbolBytes = Segmenter.symbolBytes(length, 4);
                int[] esis = Blocks.randomEsis(random, 4, 10);
                byte[] symbols = Blocks.symbols(code, esis, block, symbolBytes);
                decoder.decode(esis, symbols, symbolBytes, rebuilt);
                joined.write(rebuilt, 0, length);
            }
        }
        assertThat(joined.toByteArray()).isEqualTo(stream);
    }

    @Test
    void impossibleBlocksAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segmenter(2, 5, 11))
                .withMessage("alignment is 11, not of 1..10");
        assertThatIllegalArgumentException().isThrownBy(() -> new Segmenter(0, 5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Segmenter(1, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segmenter(2, 5, 1).append(new byte[3], 2, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Segmenter(2, 5, 1).close(new byte[9]));
    }
}
