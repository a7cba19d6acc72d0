// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void aTickGivesEveryReceiverItsSymbolForAsLongAsItLasts(int receivers) {
        NodeBenchmark benchmark = new NodeBenchmark();
        benchmark.receivers = receivers;
        benchmark.prepare();
        long before = benchmark.quietTick();
        long blocks = 1_000;
        long after = 0;
        for (long i = 0; i < blocks; i++) {
            after = benchmark.tick();
        }
        after = Math.max(after, benchmark.quietTick());
        assertThat(after - before).isEqualTo(blocks * receivers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void eachQuestionGetsOneAnswer(int receivers) {
        NodeBenchmark benchmark = new NodeBenchmark();
        benchmark.receivers = receivers;
        benchmark.prepare();
        benchmark.quietTick();
        long before = benchmark.datagrams();
        assertThat(benchmark.probe()).isEqualTo(before + 1);
        assertThat(benchmark.probe()).as("asked again at once").isEqualTo(before + 1);
        assertThat(benchmark.admit()).isEqualTo(before + 2);
        assertThat(benchmark.admit()).isEqualTo(before + 3);
        assertThat(benchmark.answerProbe()).isGreaterThan(before + 3);
    }

    @Test
    void whatIsSealedOpensOnceAndOnlyUnforged() {
        SealBenchmark benchmark = new SealBenchmark();
        benchmark.prove();
        assertThat(benchmark.seal()).isEqualTo(CountingOutbox.SYMBOL_DATAGRAM_BYTES);
        SealBenchmark.Sealed sealed = new SealBenchmark.Sealed();
        sealed.seal(benchmark);
        assertThat(benchmark.open(sealed)).isEqualTo(1_024 * (3 + 15 + 1_152));
        assertThat(benchmark.open(sealed)).as("the second time").isNegative();
        assertThat(benchmark.handshake()).isNotEqualTo(benchmark.handshake());
        assertThat(benchmark.verifyManifest()).isTrue();
        assertThat(benchmark.proveBlock()).isTrue();
        assertThat(benchmark.turnBlock()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 100})
    void aViewerPassesOnWhatComesInForAsLongAsItLasts(int receivers) {
        FlowBenchmark benchmark = new FlowBenchmark();
        benchmark.receivers = receivers;
        benchmark.prepare();
        long before = benchmark.symbolIn();
        long blocks = 1_000;
        long after = 0;
        for (long i = 0; i < blocks; i++) {
            after = benchmark.symbolIn();
        }
        assertThat(after - before).isBetween((blocks - 2) * receivers, (blocks + 2) * receivers);
    }
}
