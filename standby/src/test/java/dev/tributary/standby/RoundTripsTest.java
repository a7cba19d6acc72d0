// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoundTripsTest {
    private final RoundTrips trips = new RoundTrips();

    @Test
    void nothingIsUsualBeforeTheFirstSample() {
        assertThat(trips.sampled()).isFalse();
        assertThat(trips.meanNanos()).isZero();
        assertThat(trips.boundNanos()).isZero();
    }

    @Test
    void theMeanIsOfAllThatAreKeptAndTheBoundOfTheSlowest() {
        trips.sample(40);
        assertThat(trips.sampled()).isTrue();
        assertThat(trips.meanNanos()).isEqualTo(40);
        assertThat(trips.boundNanos()).isEqualTo(60);
        trips.sample(80);
        trips.sample(30);
        assertThat(trips.meanNanos()).isEqualTo(50);
        assertThat(trips.boundNanos()).isEqualTo(120);
    }

    @Test
    void theSlowestIsForgottenAfterEightMore() {
        for (int round = 0; round < 5; round++) {
            trips.sample(1_000);
            for (int i = 1; i < RoundTrips.KEPT; i++) {
                trips.sample(100);
                assertThat(trips.boundNanos()).isEqualTo(1_500);
            }
            trips.sample(100);
            assertThat(trips.boundNanos()).as("round %d", round).isEqualTo(150);
            assertThat(trips.meanNanos()).isEqualTo(100);
        }
    }
}
