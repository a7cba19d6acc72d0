// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SurveyTest {
    private static final long TICKS_PER_SECOND = 27_000_000;

    @Test
    void thePeakIsTakenOverOneSecond() throws IOException {
        TsBytes ts = new TsBytes();
        long ticks = 0;
        for (int second = 0; second < 5; second++) {
            for (int i = 0; i < 10; i++) {
                ts.pcr(ticks).filler(second == 2 ? 39 : 9);
                ticks += TICKS_PER_SECOND / 10;
            }
        }

        Survey survey = Survey.of(ts::stream);

        assertThat(survey.mpegTs()).isTrue();
        assertThat(survey.peakBitsPerSecond()).isEqualTo(10 * 40 * 188 * 8);
    }

    @Test
    void lessThanASecondCountsByItsAverage() throws IOException {
        TsBytes ts = new TsBytes().pcr(0).filler(9).pcr(TICKS_PER_SECOND / 10).filler(9);

        assertThat(Survey.of(ts::stream).peakBitsPerSecond()).isEqualTo(10 * 10 * 188 * 8);
    }

    @Test
    void mpegTsWithoutReferencesHasNoPeak() throws IOException {
        Survey survey = Survey.of(new TsBytes().pat().pmt().filler(100)::stream);

        assertThat(survey).isEqualTo(new Survey(true, 0, 0));
    }

    @Test
    void otherBytesAreNotTakenForMpegTs() throws IOException {
        byte[] text =
                "Good morning. ".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(Survey.of(() -> new ByteArrayInputStream(text)).mpegTs()).isFalse();
        assertThat(Survey.of(new byte[0], 0).mpegTs()).isFalse();
        assertThat(Survey.of(new byte[] {TsPacket.SYNC}, 1).mpegTs()).isFalse();
    }
}
