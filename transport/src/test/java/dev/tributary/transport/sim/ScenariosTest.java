// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short runs of the situations under which the live path is judged; the long sets are in bench. */
class ScenariosTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void eightThatStartInTheSameMillisecondAllPlayEverything(int k) {
        for (long seed = 1; seed <= 5; seed++) {
            holds(Scenarios.eightTogether(k).seconds(10), seed);
        }
    }

    @Test
    void eightThatJoinOneAfterTheOtherPlayEverything() {
        Report report = holds(Scenarios.eightStaggered().seconds(20), 1);
        assertThat(report.medianSuppliers()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void theOthersLoseNothingWhenTheTwoWithMostReceiversAreKilled() {
        Report report = holds(Scenarios.twoMostSuppliersKilled(20), 1);
        assertThat(report.stayed()).hasSize(6);
    }

    @Test
    void nothingIsLostAtFivePercentLoss() {
        holds(Scenarios.loss5().seconds(20), 1);
    }

    @Test
    void nothingIsLostAtTwoPercentLossOneSecondBehindTheSource() {
        holds(Scenarios.delayOneSecond(Scenarios.loss2()).seconds(20), 1);
    }

    @Test
    void theOthersCarryTwoThatDoNotUpload() {
        holds(Scenarios.firstTwoNoUpload().seconds(20), 1);
    }

    @Test
    void viewersThatStayHardlyNoticeThatOthersComeAndGo() {
        Report report = Simulation.run(
                Scenarios.hundredViewersChurn()
                        .viewers(50)
                        .arrivals(300, 50)
                        .seconds(30)
                        .build(),
                1);
        assertThat(report.continuity()).as(report.toString()).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void aSupplierWhoseLineGrowsNarrowIsReplacedAndNothingIsLost() {
        Action narrow = new Action.Rate(8_000_000_000L, new Target.MostReceivers(), 1_000_000, 0);
        Report report = holds(Scenarios.eightTogether(8).seconds(20).then(narrow), 1);
        assertThat(report.moves().keySet()).anyMatch(reason -> reason.startsWith("congested"));
    }

    @Test
    void whoLeavesInGoodOrderIsNotMissed() {
        Report report = holds(
                Scenarios.eightTogether(8)
                        .seconds(20)
                        .then(new Action.Leave(8_000_000_000L, new Target.MostReceivers()))
                        .then(new Action.Leave(12_000_000_000L, new Target.MostReceivers())),
                1);
        assertThat(report.stayed()).hasSize(6);
    }

    /** Everybody asks the source for everything, and those who watch must not notice. */
    @Test
    void aCrowdThatComesWithinTwoSecondsLosesNothing() {
        Scenario crowd = Scenarios.crowd(120).arrivals(300, 15).seconds(6).build();
        Report report = Simulation.run(crowd, 1);
        assertThat(report.complete()).as(report.toString()).isTrue();
    }

    private static Report holds(ScenarioBuilder scenario, long seed) {
        Report report = Simulation.run(scenario.build(), seed);
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(report.totals().sourceEgress()).as(report.toString()).isLessThan(2.6);
        return report;
    }
}
