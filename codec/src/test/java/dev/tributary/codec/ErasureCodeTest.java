// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ErasureCodeTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void aSourceSymbolIsTheDataItself() {
        ErasureCode code = new ErasureCode(4, 9);
        byte[] block = Blocks.random(random, 4 * 77);
        byte[] out = new byte[100];
        code.encode(2, block, 77, out, 5);
        assertThat(Arrays.copyOfRange(out, 5, 82)).isEqualTo(Arrays.copyOfRange(block, 154, 231));
    }

    @Test
    void nothingBesideTheSymbolIsWritten() {
        ErasureCode code = new ErasureCode(3, 255);
        for (int length = 1; length <= 200; length++) {
            byte[] block = Blocks.random(random, 3 * length);
            byte[] out = new byte[length + 20];
            Arrays.fill(out, (byte) 0x55);
            code.encode(random.nextInt(255), block, length, out, 10);
            for (int i = 0; i < 10; i++) {
                assertThat(out[i]).isEqualTo((byte) 0x55);
                assertThat(out[10 + length + i]).isEqualTo((byte) 0x55);
            }
        }
    }

    @Test
    void withOneSourceSymbolEverySymbolIsThatSymbol() {
        ErasureCode code = new ErasureCode(1, 255);
        byte[] block = Blocks.random(random, 33);
        for (int esi = 0; esi < 255; esi++) {
            byte[] out = new byte[33];
            code.encode(esi, block, 33, out, 0);
            assertThat(out).isEqualTo(block);
        }
    }

    @Test
    void aSymbolMayBeAppendedBehindItsBlock() {
        ErasureCode code = new ErasureCode(4, 6);
        byte[] block = Blocks.random(random, 5 * 40);
        byte[] apart = new byte[40];
        code.encode(5, block, 40, apart, 0);
        code.encode(5, block, 40, block, 160);
        assertThat(Arrays.copyOfRange(block, 160, 200)).isEqualTo(apart);
    }

    @Test
    void theMatrixIsOutOfTheCallersReach() {
        ErasureCode code = new ErasureCode(4, 6);
        byte[] row = code.row(5);
        Arrays.fill(code.row(5), (byte) 0);
        Arrays.fill(code.rows(5).row(0), (byte) 0);
        assertThat(code.row(5)).isEqualTo(row);
    }

    @Test
    void impossibleCodesAreRefusedWithValueAndRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErasureCode(9, 8))
                .withMessage("K is 9, not of 1..8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErasureCode(0, 8))
                .withMessage("K is 0, not of 1..8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErasureCode(8, 256))
                .withMessage("N is 256, not of 1..255");
    }

    @Test
    void impossibleEncodesAreRefusedWithValueAndRange() {
        ErasureCode code = new ErasureCode(4, 6);
        byte[] block = new byte[40];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(6, block, 10, new byte[10], 0))
                .withMessage("ESI is 6, not of 0..5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(5, block, 11, new byte[11], 0))
                .withMessage("block has 40 bytes, fewer than 4 symbols of 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(5, block, Integer.MAX_VALUE, new byte[11], 0))
                .withMessageContaining("fewer than 4 symbols of 2147483647");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(5, block, 0, new byte[10], 0))
                .withMessageContaining("symbolBytes is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(5, block, 10, new byte[10], 1))
                .withMessage("out has 10 bytes, too few for 10 from offset 1 on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.encode(5, block, 10, block, 30))
                .withMessage("out offset 30 lies in the block");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> code.encode(new ErasureCode(3, 6).rows(5), block, 10, new byte[10]))
                .withMessageContaining("is 3, not of 4..4");
    }
}
