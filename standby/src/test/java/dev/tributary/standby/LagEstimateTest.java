// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LagEstimateTest {
    private static final long MILLI = 1_000_000;

    private final LagEstimate lag = new LagEstimate();

    @Test
    void oneEarlySampleDoesNotHideThatDelaysDiffer() {
        LagEstimate groups = new LagEstimate(30 * MILLI);
        groups.sample(10 * MILLI);
        assertThat(groups.boundNanos(0)).isEqualTo((10 + 4 * 30) * MILLI);
        for (int i = 0; i < 40; i++) {
            groups.sample(10 * MILLI);
        }
        assertThat(groups.boundNanos(0)).isBetween(10 * MILLI, 11 * MILLI);
    }

    @Test
    void theFirstSampleIsTheMeanAndHalfOfItTheDeviation() {
        assertThat(lag.sampled()).isFalse();

        lag.sample(80 * MILLI);

        assertThat(lag.sampled()).isTrue();
        assertThat(lag.meanNanos()).isEqualTo(80 * MILLI);
        assertThat(lag.boundNanos(0)).isEqualTo((80 + 4 * 40) * MILLI);
    }

    @Test
    void theSecondSampleMovesTheMeanByAnEighthAndTheDeviationByAQuarter() {
        lag.sample(80 * MILLI);
        lag.sample(160 * MILLI);

        // RFC 6298, 2.3: the deviation first, from the old mean: 3/4 * 40 + 1/4 * 80.
        assertThat(lag.meanNanos()).isEqualTo(90 * MILLI);
        assertThat(lag.boundNanos(0)).isEqualTo((90 + 4 * 50) * MILLI);
    }

    @Test
    void randomLagsGiveWhatTheFormulasOfRfc6298Give() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LagEstimate estimate = new LagEstimate();
            double mean = 0;
            double deviation = 0;
            for (int i = 0; i < 1_000; i++) {
                long sample = random.nextLong(-20 * MILLI, 300 * MILLI);
                deviation = i == 0
                        ? Math.abs(sample) / 2.0
                        : 0.75 * deviation + 0.25 * Math.abs(mean - sample);
                mean = i == 0 ? sample : 0.875 * mean + 0.125 * sample;
                estimate.sample(sample);

                assertThat((double) estimate.meanNanos()).isCloseTo(mean, within(50.0));
                assertThat((double) estimate.boundNanos(0))
                        .isCloseTo(mean + 4 * deviation, within(200.0));
            }
        }
    }

    @Test
    void aSteadyLagIsBoundedByTheLeastSlack() {
        for (int i = 0; i < 200; i++) {
            lag.sample(50 * MILLI);
        }

        assertThat(lag.meanNanos()).isEqualTo(50 * MILLI);
        assertThat(lag.boundNanos(12 * MILLI)).isEqualTo(62 * MILLI);
    }

    @Test
    void oneOutlierWidensTheBoundAndIsForgottenAgain() {
        for (int i = 0; i < 200; i++) {
            lag.sample(50 * MILLI);
        }
        lag.sample(250 * MILLI);
        assertThat(lag.boundNanos(12 * MILLI)).isCloseTo((75 + 4 * 50) * MILLI, within(100L));

        for (int i = 0; i < 200; i++) {
            lag.sample(50 * MILLI);
        }
        assertThat(lag.boundNanos(12 * MILLI)).isCloseTo(62 * MILLI, within(100L));
    }
}
