// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SyntheticMediaTest {
    @Test
    void anyStretchOfTheStreamTellsWhereItCameFrom() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 2_000; round++) {
            long position = random.nextLong(1L << random.nextInt(1, 40));
            byte[] bytes = new byte[random.nextInt(15, 300)];
            SyntheticMedia.fill(position, bytes, 0, bytes.length);
            assertThat(SyntheticMedia.locate(bytes, 0, bytes.length)).isEqualTo(position);
            assertThat(SyntheticMedia.matches(position, bytes, 0, bytes.length)).isTrue();
        }
    }

    @Test
    void theBytesDoNotDependOnHowTheyAreCut() {
        byte[] whole = new byte[1_000];
        SyntheticMedia.fill(123, whole, 0, whole.length);
        byte[] pieces = new byte[1_000];
        for (int at = 0; at < 1_000; at += 7) {
            SyntheticMedia.fill(123 + at, pieces, at, Math.min(7, 1_000 - at));
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void oneWrongByteIsNoticed() {
        for (int wrong = 0; wrong < 64; wrong++) {
            byte[] bytes = new byte[64];
            SyntheticMedia.fill(5, bytes, 0, bytes.length);
            bytes[wrong] ^= 1;
            assertThat(SyntheticMedia.matches(5, bytes, 0, bytes.length)).isFalse();
            assertThat(SyntheticMedia.locate(bytes, 0, bytes.length))
                    .isEqualTo(SyntheticMedia.UNKNOWN);
        }
    }

    @Test
    void noiseIsNotOfTheStream() {
        byte[] zeros = new byte[100];
        assertThat(SyntheticMedia.locate(zeros, 0, 100)).isEqualTo(SyntheticMedia.UNKNOWN);
        Arrays.fill(zeros, (byte) 0xEE);
        assertThat(SyntheticMedia.locate(zeros, 0, 100)).isEqualTo(SyntheticMedia.UNKNOWN);
    }
}
