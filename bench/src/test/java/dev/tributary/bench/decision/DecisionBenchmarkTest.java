// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecisionBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {16, 256, 4_096})
    void whatIsTimedDecides(int book) {
        DecisionBenchmark benchmark = new DecisionBenchmark();
        benchmark.book = book;
        benchmark.prepare();
        for (int i = 0; i < 100; i++) {
            assertThat(benchmark.chooseSuppliers()).hasSize(Population.K);
            assertThat(benchmark.takeOver()).isBetween(0, book - 1);
            assertThat(benchmark.admit()).isBetween(0, book - 1);
        }
    }
}
