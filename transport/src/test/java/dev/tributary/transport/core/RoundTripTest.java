// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.StatusReport;
import org.junit.jupiter.api.Test;

/** What a node takes for usual between its question and the answer. */
final class RoundTripTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(4);

    /** Eight programs that start on one machine answer late at first, and only then. */
    @Test
    void aSlowStartIsForgotten() {
        net.delayNanos = 200 * MILLIS;
        Station viewer = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        Link link = viewer.stream.suppliers.all().getFirst().link;
        assertThat(link.timeoutNanos()).isGreaterThan(400 * MILLIS);
        net.delayNanos = 5 * MILLIS;
        net.stream(source, 20 * SECOND);
        assertThat(link.timeoutNanos()).isLessThan(150 * MILLIS);
    }

    @Test
    void theRoundTripCostsNoReportMore() {
        Station viewer = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        WireTap tap = WireTap.on(net);
        net.stream(source, 20 * SECOND);
        assertThat(tap.said(viewer.index, StatusReport.class)).hasSizeBetween(16, 24);
        assertThat(tap.said(source.index, StatusReport.class))
                .as("reports that answer nothing")
                .filteredOn(report -> report.token() == 0)
                .hasSizeLessThan(3);
    }
}
