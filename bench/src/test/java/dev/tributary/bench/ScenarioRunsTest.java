// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioRunsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private boolean run(String... args) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new ScenarioRuns(RunOptions.parse(args), out).run();
    }

    @Test
    void aTinySwarmThatPlaysEverythingPasses() {
        boolean passed =
                run("together", "--k", "4", "--viewers", "2", "--seconds", "3", "--seeds", "1-2");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("eight together, K = 4")
                .contains("2 runs, 0 below the floor, 0 broken");
        assertThat(passed).isTrue();
    }

    @Test
    void theSameSeedPrintsTheSame() {
        String[] args = {"loss5", "--viewers", "2", "--seconds", "3", "--seeds", "7"};
        run(args);
        String first = printed.toString(StandardCharsets.UTF_8);
        printed.reset();
        run(args);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(first);
    }

    @Test
    void aDelayTooShortForRepairsMissesTheFloor() {
        boolean passed = run("loss5", "--delay-ms", "100", "--seconds", "5", "--seeds", "1");
        assertThat(passed).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 below the floor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "together --k 0",
                "loss2 --k 4",
                "together --seeds",
                "together --seeds x",
                "together --seeds 5-1",
                "together --floor 2",
                "together --floor much",
                "together --colour red"
            })
    void aWrongCallIsRefusedInWords(String call) {
        String[] args = call.isEmpty() ? new String[0] : call.split(" ", -1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(args))
                .withMessageMatching("(?s).{10,}");
    }

    @Test
    void whatIsNotSaidIsAsTheScenarioHasIt() {
        RunOptions options = RunOptions.parse("churn");
        assertThat(options.floor()).isEqualTo(0.999);
        assertThat(ScenarioRuns.scenario(options).crowd().viewers()).isEqualTo(100);
        assertThat(RunOptions.parse("killed").floor()).isEqualTo(1);
        RunOptions crowd = RunOptions.parse("crowd", "--viewers", "50");
        assertThat(crowd.floor()).isEqualTo(0.999);
        assertThat(ScenarioRuns.scenario(crowd).crowd().spacingNanos()).isEqualTo(200_000_000);
    }
}
