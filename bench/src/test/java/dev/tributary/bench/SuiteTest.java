// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tributary.bench.coding.Coders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SuiteTest {
    @Test
    void theQuickPlanIsShortAndTheFullOneHasAllShapes() {
        int quick = runs(SuitePlan.quick(Coders.ALL));
        assertThat(quick).isLessThan(70);
        List<SuitePlan.Group> full = SuitePlan.full(Coders.ALL);
        assertThat(runs(full)).isGreaterThan(5 * quick);
        for (String shape : List.of("4/1", "4/4", "8/1", "8/8", "10/4", "16/4", "17/3")) {
            for (String length : List.of("1152", "1200", "65536")) {
                assertThat(full)
                        .anyMatch(group -> List.of(shape).equals(group.params().get("shape"))
                                && List.of(length).equals(group.params().get("symbolBytes")));
            }
        }
    }

    private static int runs(List<SuitePlan.Group> plan) {
        return plan.stream().mapToInt(SuitePlan.Group::runs).sum();
    }

    @Test
    void theCommandIsWhatWasAskedFor() {
        SuiteOptions options =
                SuiteOptions.parse("--quick", "--only", "Flow", "--forks", "2", "--out", "x");
        assertThat(options.command())
                .isEqualTo("java -jar bench/target/benchmarks.jar --quick --only 'Flow' --forks 2");
        assertThat(SuiteOptions.parse("--full").command())
                .isEqualTo("java -jar bench/target/benchmarks.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--forks", "--forks 0", "--forks x", "--only (", "x"})
    void aWrongCallIsRefusedInWords(String call) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SuiteOptions.parse(call.split(" ", -1)))
                .withMessageMatching("(?s).{5,}");
    }
}
