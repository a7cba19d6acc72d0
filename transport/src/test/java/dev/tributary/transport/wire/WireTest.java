// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final long WRAP = 1L << 32;

    @Test
    void aNumberIsWidenedToTheNearestOne() {
        assertThat(Wire.widen(5, 0)).isEqualTo(5);
        assertThat(Wire.widen(0xFFFF_FFFFL, WRAP + 3)).isEqualTo(WRAP - 1);
        assertThat(Wire.widen(2, WRAP - 4)).isEqualTo(WRAP + 2);
        assertThat(Wire.widen(7, 5 * WRAP + 9)).isEqualTo(5 * WRAP + 7);
    }

    @Test
    void whateverIsWithinHalfTheRangeIsFoundAgain() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            long near = random.nextLong(1L << 50);
            long number = near + random.nextLong(-(1L << 31), 1L << 31);
            assertThat(Wire.widen(number & 0xFFFF_FFFFL, near)).isEqualTo(number);
        }
    }

    @Test
    void whatWouldLieBeforeTheFirstIsNegativeAndCanBeRefused() {
        assertThat(Wire.widen(0xFFFF_FFFFL, 0)).isEqualTo(-1);
    }

    @Test
    void aReaderThatRanOutGivesZerosAndStaysFailed() {
        WireReader reader = new WireReader().reset(new byte[] {1, 2, 3}, 0, 3);
        assertThat(reader.u16()).isEqualTo(0x0102);
        assertThat(reader.u16()).isZero();
        assertThat(reader.failed()).isTrue();
        assertThat(reader.u8()).isZero();
        assertThat(reader.u64()).isZero();
        assertThat(reader.remaining()).isZero();
        assertThat(reader.reset(new byte[] {9}, 0, 1).u8()).isEqualTo(9);
        assertThat(reader.failed()).isFalse();
    }

    @Test
    void skippingBackwardsFails() {
        WireReader reader = new WireReader().reset(new byte[8], 0, 8);
        reader.skip(4);
        reader.skip(-1);
        assertThat(reader.failed()).isTrue();
    }

    @Test
    void fieldsOfEveryWidthComeBack() {
        byte[] bytes = new byte[40];
        WireWriter writer = new WireWriter().reset(bytes, 3);
        writer.u8(0xFE).u16(0xFEDC).u24(0xFEDCBA).u32(0xFEDCBA98L).u64(0xFEDCBA9876543210L);
        WireReader reader = new WireReader().reset(bytes, 3, writer.length());
        assertThat(reader.u8()).isEqualTo(0xFE);
        assertThat(reader.u16()).isEqualTo(0xFEDC);
        assertThat(reader.u24()).isEqualTo(0xFEDCBA);
        assertThat(reader.u32()).isEqualTo(0xFEDCBA98L);
        assertThat(reader.u64()).isEqualTo(0xFEDCBA9876543210L);
        assertThat(reader.remaining()).isZero();
        assertThat(reader.failed()).isFalse();
    }

    @Test
    void thirtyTwoBytesAreAValue() {
        byte[] bytes = new byte[32];
        new SplittableRandom(1).nextBytes(bytes);
        assertThat(Bytes32.of(bytes).bytes()).isEqualTo(bytes);
        assertThat(Bytes32.of(bytes)).isEqualTo(Bytes32.of(bytes.clone()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bytes32.of(new byte[31]))
                .withMessageContaining("31");
    }
}
