// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SECOND = 1_000_000_000;

    private static Scenario rough() {
        return new ScenarioBuilder("rough")
                .viewers(6)
                .latency(20, 20, 10)
                .reordering()
                .loss(0.03, 3)
                .links(1.2, 4)
                .churn(2, 0.5)
                .seconds(12)
                .then(new Action.Freeze(4 * SECOND, new Target.AnyViewer(), SECOND))
                .listViolations()
                .build();
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        Report one = Simulation.run(rough(), 5);
        Report other = Simulation.run(rough(), 5);
        assertThat(other).isEqualTo(one);
        assertThat(other.digest()).isEqualTo(one.digest());
    }

    @Test
    void differentSeedsGiveDifferentRuns() {
        assertThat(Simulation.run(rough(), 6).digest())
                .isNotEqualTo(Simulation.run(rough(), 5).digest());
    }

    @Test
    void aRunInStepsIsTheSameRun() {
        Simulation steps = new Simulation(rough(), 5);
        for (int second = 1; second < 40; second++) {
            steps.runUntil(second * SECOND);
        }
        assertThat(steps.report()).isEqualTo(Simulation.run(rough(), 5));
    }
}
