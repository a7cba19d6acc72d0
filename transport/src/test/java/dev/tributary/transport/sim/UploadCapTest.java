// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UploadCapTest {
    private static final long MILLIS = 1_000_000;

    @Test
    void sendingAtTheCapIsAllowedForever() {
        UploadCap cap = new UploadCap(8_000_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(cap.sent(i * MILLIS, 1_000)).isTrue();
        }
        assertThat(cap.largestBytes()).isEqualTo(1_000_000);
    }

    @Test
    void aTenthMoreIsNot() {
        UploadCap cap = new UploadCap(8_000_000);
        boolean held = true;
        for (int i = 0; i < 1_000; i++) {
            held &= cap.sent(i * MILLIS, 1_100);
        }
        assertThat(held).isFalse();
    }

    @Test
    void aNodeWithoutUploadMayStillAskAndReport() {
        UploadCap cap = new UploadCap(0);
        assertThat(cap.sent(0, 1_500)).isTrue();
        assertThat(cap.sent(1, 100_000)).isFalse();
    }
}
