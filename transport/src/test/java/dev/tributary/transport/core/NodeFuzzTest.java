// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever datagrams come, and whoever sends them: nodes stay within bounds, and play on. */
class NodeFuzzTest {
    /** A link falls silent in 6 s, and entries are greeted anew after it: all is over by then. */
    private static final int RECOVERY_MILLIS = 20_000;

    private static final int STEP_MILLIS = 100;

    static List<byte[]> genuine() {
        return Onslaught.genuine();
    }

    @MethodSource("genuine")
    @FuzzTest(maxDuration = "1m")
    void twoNodesBearAnyDatagramsAndDeliverAfterwards(byte[] input) {
        Onslaught onslaught = new Onslaught();
        onslaught.play(input);
        assertDelivers(onslaught);
        onslaught.assertBounded();
    }

    private static void assertDelivers(Onslaught onslaught) {
        Station viewer = onslaught.viewer;
        long before = viewer.stream.counters.value(Counter.BLOCKS_COMPLETE);
        long head = onslaught.source.stream.blocks.newest();
        if (misled(viewer.stream, head)) {
            return;
        }
        for (int passed = 0; passed < RECOVERY_MILLIS; passed += STEP_MILLIS) {
            onslaught.net.stream(onslaught.source, STEP_MILLIS * MILLIS);
            boolean more = viewer.stream.counters.value(Counter.BLOCKS_COMPLETE) > before
                    && viewer.stream.blocks.newestComplete() > head;
            if (more || gaveUp(viewer.stream)) {
                return;
            }
        }
        assertThat(viewer.node.flightRecord()).as("nothing was delivered").isEmpty();
    }

    /**
     * A supplier has brought, or named, blocks that the source has yet to make, or a node of the
     * link has said that there is no such stream: so far a viewer has only its word for it. Or the
     * source's node itself was caught lying: nothing is sealed here, so others can speak for it.
     */
    private static boolean misled(StreamNode viewer, long head) {
        return viewer.blocks.newest() > head || viewer.blocks.oldest() > head || gaveUp(viewer);
    }

    private static boolean gaveUp(StreamNode viewer) {
        return !viewer.liars.nodes().isEmpty() || viewer.failure().isPresent();
    }
}
