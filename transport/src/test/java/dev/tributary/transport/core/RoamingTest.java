// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node whose address changes, and somebody on the way who makes it look so. */
class RoamingTest {
    private static final int ELSEWHERE = 20_000;

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station other = net.viewer(1.5, source);
    private Station viewer = net.viewer(0, source);
    private boolean forwarding;
    private long bytesFrom;
    private long bytesTo;

    /** From now on the viewer is elsewhere, and nothing reaches it where it was. */
    private void move() {
        net.loss = (from, to, datagram) -> {
            if (forwarding || (from != viewer.index && to != viewer.index && to != ELSEWHERE)) {
                return false;
            }
            forwarding = true;
            if (from == viewer.index) {
                net.send(ELSEWHERE, to, datagram);
            } else if (to == ELSEWHERE) {
                net.send(from, viewer.index, datagram);
            }
            forwarding = false;
            return true;
        };
    }

    private void assertTheViewerMovesAndPlaysOn() {
        net.stream(source, 4 * SECOND);
        Link before = linkOf(source, viewer);
        assertThat(viewer.stream.suppliers.all()).isNotEmpty();
        move();
        net.stream(source, 3 * SECOND);
        assertThat(source.count(Counter.LINKS_MOVED)).isEqualTo(1);
        assertThat(linkOf(source, viewer)).isSameAs(before);
        assertThat(requireNonNull(before.peer).endpoint).isEqualTo(SmallNet.endpoint(ELSEWHERE));
        net.finish(source);
        viewer.assertPlayedAll();
        other.assertPlayedAll();
    }

    private static Link linkOf(Station at, Station with) {
        return at.stream.links.open().stream()
                .filter(link -> link.node() == with.stream.nodeId())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNodeWhoseAddressChangesKeepsItsLinksAndSubstreamsAndPlaysOn() {
        assertTheViewerMovesAndPlaysOn();
        assertThat(linkOf(other, viewer).endpoint).isEqualTo(SmallNet.endpoint(ELSEWHERE));
        for (Station station : List.of(source, other)) {
            NodeRecord record =
                    requireNonNull(station.stream.membership.recordOf(viewer.node.id()));
            assertThat(record.endpoint()).isEqualTo(SmallNet.endpoint(ELSEWHERE));
        }
        assertThat(viewer.count(Counter.TAKEOVERS)).isZero();
        for (Station station : List.of(source, viewer, other)) {
            assertThat(station.count(Counter.LINKS_LOST)).isZero();
        }
    }

    @Test
    void aNodeThatIsFarAwayMovesAsWell() {
        net.delayNanos = 120 * MILLIS;
        assertTheViewerMovesAndPlaysOn();
    }

    @Test
    void nobodyHasAGapWhenASupplierMoves() {
        viewer = other;
        assertTheViewerMovesAndPlaysOn();
    }

    @Test
    void aCopyThatOvertakesItsOriginalMovesNoLinkAndBringsLittleToWhereItCameFrom() {
        net.stream(source, 3 * SECOND);
        Link link = linkOf(source, viewer);
        net.loss = (from, to, datagram) -> {
            if (to == ELSEWHERE) {
                assertThat(WireTap.type(datagram)).isEqualTo(Wire.PROBE);
                bytesTo += datagram.length;
            } else if (from == viewer.index
                    && to == source.index
                    && Kind.of(datagram[0] & 0xFF) == Kind.DATA) {
                bytesFrom += datagram.length;
                net.send(ELSEWHERE, to, datagram);
            }
            return false;
        };
        net.stream(source, 3 * SECOND);
        assertThat(bytesTo).isPositive().isLessThanOrEqualTo(3 * bytesFrom);
        assertThat(source.count(Counter.LINKS_MOVED)).isZero();
        assertThat(linkOf(source, viewer)).isSameAs(link);
        assertThat(link.path).isEqualTo(viewer.index);
        net.finish(source);
        viewer.assertPlayedAll();
    }
}
