// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A third of the viewers lie, from their first datagram on: the others play everything, byte for
 * byte, take no honest node for a liar, and take nothing from a liar for longer than five seconds.
 */
class LiarsTest {
    private static final double ALWAYS = 1;
    private static final double AT_RANDOM = 0.1;

    private static ScenarioBuilder swarm() {
        return new ScenarioBuilder("liars")
                .viewers(9)
                .uploads(3, 2)
                .relays(1, 5)
                .seconds(8);
    }

    private static Report holds(ScenarioBuilder scenario, long seed) {
        Report report = Simulation.run(scenario.build(), seed);
        assertThat(report.stayed()).hasSize(6);
        assertThat(report.complete()).as(report.toString()).isTrue();
        return report;
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"FORGED_MANIFESTS", "OLD_MANIFESTS", "FORGED_RECORDS"})
    void data1WhoAlwaysLiesIsDroppedAndNothingIsLost(Lie lie) {
        holds(swarm().liars(3, lie, ALWAYS), 1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"FORGED_MANIFESTS", "OLD_MANIFESTS", "FORGED_RECORDS"})
    void data1WhoLiesAtRandomIsDroppedAndNothingIsLost(Lie lie) {
        holds(swarm().liars(3, lie, AT_RANDOM), 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECKED_SYMBOLS", "UNCHECKED_SYMBOLS"})
    void data1ThoseWhoTellTheSameLiesAreDroppedAndNothingIsLost(Lie lie) {
        holds(swarm().liarsTogether(3, lie, ALWAYS), 3);
        holds(swarm().liarsTogether(3, lie, AT_RANDOM), 4);
    }

    @Test
    void whoSaysItHasCheckedWhatIsWrongIsMarkedByEveryHonestReceiver() {
        Report report = holds(swarm().liars(3, Lie.CHECKED_SYMBOLS, ALWAYS), 5);
        assertThat(report.trust().marked()).isGreaterThanOrEqualTo(6);
        assertThat(report.trust().longestSupplyMillis()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void whoNeverSaysThatItHasCheckedIsReplacedAndNotMarked() {
        Report report = holds(swarm().liars(3, Lie.UNCHECKED_SYMBOLS, ALWAYS), 6);
        assertThat(report.trust().marked()).isZero();
        assertThat(report.trust().replaced()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void integrity1WhoForgesManifestsIsMarkedAndNothingIsLost() {
        long forged = 0;
        for (long seed = 7; seed < 11; seed++) {
            Report report = holds(swarm().liars(3, Lie.FORGED_MANIFESTS, ALWAYS), seed);
            forged += report.trust().forgedManifests();
        }
        assertThat(forged).isPositive();
        holds(swarm().liars(3, Lie.FORGED_MANIFESTS, AT_RANDOM), 8);
    }

    @Test
    void integrity2WhoSendsOldManifestsAgainHoldsNobodyUp() {
        holds(swarm().liars(3, Lie.OLD_MANIFESTS, ALWAYS), 9);
        holds(swarm().liars(3, Lie.OLD_MANIFESTS, AT_RANDOM), 10);
    }

    @Test
    void whoForgesTheRecordsOfOthersIsMarkedAndNothingIsLost() {
        long marked = 0;
        for (long seed = 12; seed < 15; seed++) {
            Report report = holds(swarm().liars(3, Lie.FORGED_RECORDS, ALWAYS), seed);
            marked += report.trust().marked();
        }
        assertThat(marked).isPositive();
        holds(swarm().liars(3, Lie.FORGED_RECORDS, AT_RANDOM), 15);
    }

    @Test
    void have1WhoWithholdsWhatItClaimsToHaveIsDoneWithout() {
        Report report = holds(swarm().liars(3, Lie.WITHHELD_SYMBOLS, ALWAYS), 11);
        assertThat(report.trust().marked()).isZero();
    }
}
