// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TbfLinkTest {
    private static final long MILLIS = 1_000_000;

    @Test
    void datagramsLeaveAtTheRateOfTheLink() {
        TbfLink link = new TbfLink(8_000_000);
        assertThat(link.pass(0, 1_000)).isEqualTo(MILLIS);
        assertThat(link.pass(0, 1_000)).isEqualTo(2 * MILLIS);
        assertThat(link.pass(10 * MILLIS, 1_000)).isEqualTo(11 * MILLIS);
    }

    @Test
    void whatWouldWaitLongerThanTheQueueIsDropped() {
        TbfLink link = new TbfLink(8_000_000);
        int passed = 0;
        while (link.pass(0, 1_000) != TbfLink.DROPPED) {
            passed++;
        }
        assertThat(passed).isEqualTo(301);
    }

    @Test
    void anUnlimitedLinkDelaysNothing() {
        assertThat(new TbfLink(0).pass(5, 1_000)).isEqualTo(5);
    }
}
