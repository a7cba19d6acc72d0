// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class StandbyListTest {
    private static final long PERIOD = StandbyList.PROBE_NANOS;

    private final StandbyList list = new StandbyList(new SplittableRandom(1));

    private void fill(StandbyList filled, long now) {
        for (int node = 0; node < StandbyList.SIZE; node++) {
            assertThat(filled.add(10 + node, now)).isTrue();
        }
    }

    @Test
    void theListIsBoundedAndHasNobodyTwice() {
        assertThat(list.add(10, 0)).isTrue();
        assertThat(list.add(10, 0)).isFalse();
        for (int node = 11; node < 10 + StandbyList.SIZE; node++) {
            assertThat(list.add(node, 0)).isTrue();
        }

        assertThat(list.add(99, 0)).isFalse();
        assertThat(list.size()).isEqualTo(StandbyList.SIZE);
        assertThat(list.contains(99)).isFalse();
    }

    @Test
    void whoIsRemovedMakesRoomAndTheOthersStay() {
        fill(list, 0);
        list.remove(12);
        list.remove(12);

        assertThat(list.contains(12)).isFalse();
        assertThat(nodes()).containsExactlyInAnyOrder(10, 11, 13, 14, 15);
        assertThat(list.add(99, 0)).isTrue();
        assertThat(nodes()).containsExactlyInAnyOrder(10, 11, 13, 14, 15, 99);
    }

    private List<Integer> nodes() {
        List<Integer> nodes = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            nodes.add(list.node(i));
        }
        return nodes;
    }

    @Test
    void removingOneLeavesTheProbeTimesOfTheOthers() {
        StandbyList pair = new StandbyList(new SplittableRandom(2));
        pair.add(1, 0);
        pair.add(2, 100 * PERIOD);

        pair.remove(1);

        assertThat(pair.nextProbeAt()).isGreaterThanOrEqualTo(100 * PERIOD);
        assertThat(pair.probeDue(0, 50 * PERIOD)).isFalse();
    }

    @Test
    void anEmptyListHasNoProbeDue() {
        assertThat(list.nextProbeAt()).isEqualTo(Long.MAX_VALUE);
        list.add(1, 0);
        list.remove(1);
        assertThat(list.nextProbeAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aNewStandbyIsProbedSoon() {
        fill(list, 7 * PERIOD);

        for (int i = 0; i < list.size(); i++) {
            assertThat(list.probeDue(i, 7 * PERIOD - 1)).isFalse();
            assertThat(list.probeDue(i, 7 * PERIOD + PERIOD / 4)).isTrue();
        }
    }

    @Test
    void aProbeIsDueOnceAPeriodWithJitter() {
        list.add(1, 0);
        long previous = list.nextProbeAt();
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        assertThat(list.probeDue(0, previous)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            long next = list.nextProbeAt();
            assertThat(list.probeDue(0, next - 1)).isFalse();
            assertThat(list.probeDue(0, next)).isTrue();
            assertThat(list.probeDue(0, next)).as("once").isFalse();
            shortest = Math.min(shortest, next - previous);
            longest = Math.max(longest, next - previous);
            previous = next;
        }

        assertThat(shortest).isBetween(PERIOD * 7 / 8, PERIOD * 9 / 10);
        assertThat(longest).isBetween(PERIOD * 11 / 10, PERIOD * 9 / 8);
        assertThat(previous / 1_000).isBetween(PERIOD * 49 / 50, PERIOD * 51 / 50);
    }

    @Test
    void standbysTakenInTogetherAreNotProbedTogether() {
        fill(list, 0);
        List<Long> times = new ArrayList<>();
        for (int probes = 0; probes < StandbyList.SIZE; probes++) {
            long next = list.nextProbeAt();
            times.add(next);
            for (int i = 0; i < list.size(); i++) {
                if (list.probeDue(i, next)) {
                    break;
                }
            }
        }

        assertThat(times).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theSameSeedGivesTheSameProbeTimes() {
        List<Long> times = new ArrayList<>();
        for (long seed : new long[] {5, 5, 6}) {
            StandbyList other = new StandbyList(new SplittableRandom(seed));
            fill(other, 0);
            times.add(other.nextProbeAt());
        }

        assertThat(times.get(0)).isEqualTo(times.get(1)).isNotEqualTo(times.get(2));
    }

    @Test
    void oneLostProbeDoesNotMakeAStandbyStaleButTwoDo() {
        long longestPeriod = PERIOD * 9 / 8;
        long roundTrip = 300_000_000;

        assertThat(StandbyList.fresh(0, 2 * longestPeriod + roundTrip)).isTrue();
        assertThat(StandbyList.fresh(0, 3 * PERIOD * 7 / 8)).isFalse();
        assertThat(StandbyList.fresh(PERIOD, PERIOD + StandbyList.FRESH_NANOS)).isTrue();
        assertThat(StandbyList.fresh(PERIOD, PERIOD + StandbyList.FRESH_NANOS + 1))
                .isFalse();
    }
}
