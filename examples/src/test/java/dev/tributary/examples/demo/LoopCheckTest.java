// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopCheckTest {
    private static final int CLIP_BYTES = 10_000;

    private final byte[] clip = new byte[CLIP_BYTES];
    private final LoopCheck check;

    LoopCheckTest() {
        new Random(1).nextBytes(clip);
        check = new LoopCheck(clip);
    }

    @Test
    void aViewerMayStartAnywhereAndPlayOnAcrossTheSeam() {
        play(4_000, 25_000);

        assertThat(check.wrongBytes()).isZero();
        assertThat(check.checkedBytes()).isEqualTo(21_000);
        assertThat(check.endsAt(25_000)).isTrue();
        assertThat(check.endsAt(25_001)).isFalse();
    }

    @Test
    void aWrongByteIsFound() {
        play(0, 5_000);
        byte[] wrong = {(byte) (clip[5_000] ^ 1)};
        check.onBytes(wrong, 0, 1);

        assertThat(check.wrongBytes()).isEqualTo(1);
    }

    @Test
    void aHoleThatNobodyReportedIsFound() {
        play(0, 5_000);
        play(5_100, 6_000);

        assertThat(check.wrongBytes()).isPositive();
    }

    @Test
    void afterAGapItGoesOnElsewhere() {
        play(0, 5_000);
        check.onGap();
        play(6_000, 8_000);

        assertThat(check.wrongBytes()).isZero();
        assertThat(check.endsAt(8_000)).isTrue();
    }

    @Test
    void repeatedStretchesOfTheClipAreToldApartByWhatFollows() {
        for (int at = 0; at < CLIP_BYTES; at += 1_000) {
            System.arraycopy(clip, 0, clip, at, 900);
        }
        play(3_100, 3_500);
        play(3_500, 12_000);

        assertThat(check.wrongBytes()).isZero();
        assertThat(check.endsAt(12_000)).isTrue();
        assertThat(check.endsAt(13_000)).isFalse();
    }

    private void play(int from, int to) {
        for (int at = from; at < to; at += 100) {
            byte[] piece = new byte[100];
            for (int i = 0; i < piece.length; i++) {
                piece[i] = clip[(at + i) % CLIP_BYTES];
            }
            check.onBytes(piece, 0, piece.length);
        }
    }
}
