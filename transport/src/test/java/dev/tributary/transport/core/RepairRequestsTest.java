// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RepairRequestsTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(4);
    private final RepairRequests requests = new RepairRequests(source.stream);
    private final Link link = source.node.newLink(source.stream, 1, SmallNet.endpoint(1));
    private final Block block = block();

    private Block block() {
        net.publish(source, net.spec.blockBytes());
        return java.util.Objects.requireNonNull(source.stream.blocks.find(0));
    }

    /** Asks at a time, gets no answer; for how long the node is left alone after that. */
    private long pauseAfterSilence(long now) {
        requests.add(block, 1, link, now + 10 * MILLIS);
        requests.add(block, 2, link, now + 10 * MILLIS);
        requests.expire(now + 20 * MILLIS);
        assertThat(requests.open()).isZero();
        return link.repairAgainAt - now - 20 * MILLIS;
    }

    @Test
    void whoDoesNotAnswerIsAskedLessAndLessAndAtOnceAfterItHasAnswered() {
        long now = source.localNow();
        for (long pause : new long[] {100, 200, 400, 800, 1_600, 1_600}) {
            assertThat(pauseAfterSilence(now)).isEqualTo(pause * MILLIS);
            now = link.repairAgainAt;
        }
        requests.add(block, 3, link, now + 10 * MILLIS);
        assertThat(requests.answered(link, 0, 3)).isTrue();
        assertThat(pauseAfterSilence(now)).isEqualTo(100 * MILLIS);
    }

    @Test
    void aLateAnswerIsStillOneThatWasAskedFor() {
        long now = source.localNow();
        pauseAfterSilence(now);
        assertThat(requests.answered(link, 0, 1)).isTrue();
        assertThat(requests.answered(link, 0, 1)).isFalse();
        assertThat(requests.answered(link, 0, 5)).isFalse();
    }

    @Test
    void whoHasNoTimeMayBeAskedForTheSameLaterAndWhoHasNotGotItNot() {
        long now = source.localNow();
        requests.add(block, 1, link, now + 10 * MILLIS);
        requests.refused(now, link, 0, true);
        assertThat(requests.asked(link, block, 1)).isFalse();
        assertThat(link.repairAgainAt).isEqualTo(now + 100 * MILLIS);
        requests.add(block, 2, link, now + 10 * MILLIS);
        requests.refused(now, link, 0, false);
        assertThat(requests.asked(link, block, 2)).isTrue();
        assertThat(requests.open()).isZero();
        BitSet coming = new BitSet();
        requests.coming(block, coming);
        assertThat(coming.isEmpty()).isTrue();
    }
}
