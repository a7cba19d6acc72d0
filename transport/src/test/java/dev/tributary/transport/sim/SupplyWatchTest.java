// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SupplyWatchTest {
    private final Verdicts verdicts = new Verdicts(false);
    private final SupplyWatch watch = new SupplyWatch(verdicts, 4);

    @Test
    void aTreeIsNoLoopHoweverLongItLasts() {
        for (int look = 0; look < 100; look++) {
            watch.begin(5);
            watch.takes(1, 2, 0);
            watch.takes(2, 2, 1);
            watch.takes(3, 2, 1);
            watch.takes(4, 2, 3);
            watch.end();
        }
        assertThat(verdicts.listed()).isEmpty();
    }

    @Test
    void aLoopThatLastsIsFoundAtEachOfItsNodesAndNowhereElse() {
        for (int look = 0; look < SupplyWatch.LASTING; look++) {
            assertThat(verdicts.listed()).isEmpty();
            watch.begin(5);
            watch.takes(1, 2, 2);
            watch.takes(2, 2, 3);
            watch.takes(3, 2, 1);
            watch.takes(4, 2, 3);
            watch.end();
        }
        assertThat(verdicts.listed())
                .containsExactly(
                        "node 1: supply of ESI 2 goes in a loop: 1 < 2 < 3 < 1",
                        "node 2: supply of ESI 2 goes in a loop: 2 < 3 < 1 < 2",
                        "node 3: supply of ESI 2 goes in a loop: 3 < 1 < 2 < 3");
    }

    @Test
    void oppositeDirectionsOfTwoSubstreamsAreNoLoop() {
        for (int look = 0; look < 100; look++) {
            watch.begin(3);
            watch.takes(1, 0, 2);
            watch.takes(2, 1, 1);
            watch.end();
        }
        assertThat(verdicts.listed()).isEmpty();
    }

    @Test
    void aSubstreamMayComeTwiceWhileItMovesButNotForLong() {
        for (int look = 0; look < 100; look++) {
            watch.begin(3);
            watch.takes(2, 1, 0);
            if (look % SupplyWatch.LASTING != 0) {
                watch.takes(2, 1, 1);
            }
            watch.end();
        }
        assertThat(verdicts.listed()).isEmpty();
        for (int look = 0; look < SupplyWatch.LASTING; look++) {
            watch.begin(3);
            watch.takes(2, 1, 0);
            watch.takes(2, 1, 1);
            watch.end();
        }
        assertThat(verdicts.listed()).containsExactly("node 2: takes ESI 1 from 0 and from 1");
    }
}
