// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodingBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void whatIsTimedGivesTheSameBytesEverywhere(int k) {
        CodingBenchmark benchmark = new CodingBenchmark();
        benchmark.k = k;
        benchmark.prepare();
        assertThat(benchmark.encodeScalar())
                .isEqualTo(benchmark.encodeBackblaze())
                .isEqualTo(benchmark.encodeVector());
        assertThat(benchmark.decodeScalar())
                .startsWith(benchmark.decodeBackblaze())
                .isEqualTo(benchmark.decodeVector());
    }
}
