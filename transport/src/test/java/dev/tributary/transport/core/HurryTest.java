// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** When a node tells its driver that milliseconds count. */
class HurryTest {
    /** A suspect is known by then, and the standby has taken over. */
    private static final long TAKEOVER_NANOS = 800 * MILLIS;

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);

    /** Streams, and says in how many of so many milliseconds something held. */
    private int count(int millis, BooleanSupplier held) {
        int count = 0;
        int bytes = (int) (net.spec.bitsPerSecond() * 0.95 / 8 / 1_000);
        for (int i = 0; i < millis; i++) {
            net.publish(source, bytes);
            net.run(MILLIS);
            count += held.getAsBoolean() ? 1 : 0;
        }
        return count;
    }

    private Subscription first(Station viewer) {
        return viewer.stream.suppliers.all().getFirst();
    }

    @Test
    void nobodyIsInAHurryWhileAllIsWell() {
        Station viewer = net.viewer(2, source);
        net.stream(source, 3 * SECOND);
        assertThat(count(2_000, viewer.node::hurried)).isZero();
        assertThat(source.node.hurried()).isFalse();
    }

    @Test
    void aNewcomerIsInAHurryFromItsFirstRequestOn() {
        Station viewer = net.viewer(2, source);
        while (viewer.stream.suppliers.all().isEmpty()) {
            net.run(MILLIS);
        }
        net.loss = (from, to, datagram) -> to == viewer.index;
        assertThat(count(100, viewer.node::hurried)).isEqualTo(100);
    }

    /** It has nobody to compare it with, and no symbol has come that would start a clock. */
    @Test
    void aFirstSupplierThatDiesAfterItsGrantIsLetGoWithinThreeSeconds() {
        Station peer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Station viewer = net.viewer(0, source, peer);
        while (viewer.stream.suppliers.all().isEmpty()) {
            net.run(MILLIS);
        }
        net.run(2 * net.delayNanos);
        Link dead = viewer.stream.suppliers.all().getFirst().link;
        int from = dead.path;
        net.loss = (sender, to, datagram) -> sender == from || to == from;
        net.run(3 * SECOND);
        assertThat(dead.isOpen()).isFalse();
    }

    @Test
    void whoAsksIsInAHurryUntilItIsAnsweredOrHasGivenUp() {
        Station viewer = net.viewer(2, source);
        net.stream(source, 3 * SECOND);
        Stranger mute = net.stranger().link(viewer);
        Link link = viewer.stream.links.open().getLast();
        viewer.stream.begin(viewer.localNow(), viewer);
        Suppliers.Wish wish = new Suppliers.Wish(0, -1, 0);
        int esi = first(viewer).esi;
        viewer.stream.suppliers.ask(viewer.localNow(), link, List.of(esi), wish);
        assertThat(viewer.stream.suppliers.find(link, esi)).isNotNull();
        assertThat(count(100, viewer.node::hurried)).isGreaterThan(30);
        assertThat(viewer.node.hurried()).isTrue();
        net.stream(source, SECOND);
        assertThat(viewer.stream.suppliers.find(link, esi)).isNull();
        assertThat(count(100, viewer.node::hurried)).isZero();
        assertThat(mute.symbols).isEmpty();
    }

    @Test
    void whoseSupplierIsBeingReplacedIsInAHurryUntilTheNewOneFlows() {
        Station peer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Station viewer = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        Subscription old = first(viewer);
        Station other = old.link.node() == source.node.id() ? peer : source;
        Link next = requireNonNull(viewer.stream.membership.linkOf(other.node.id()));
        // The answer comes after a tenth of a second: so long the old one is being replaced.
        net.loss = (from, to, datagram) -> from == other.index && to == viewer.index;
        viewer.stream.begin(viewer.localNow(), viewer);
        Suppliers.Wish wish = new Suppliers.Wish(0, -1, 0);
        Subscription.Loss loss =
                new Subscription.Loss(old.esi, old.link.node(), "test", viewer.localNow(), false);
        viewer.stream.suppliers.replace(viewer.localNow(), old, next, wish, loss);
        assertThat(count(60, viewer.node::hurried)).isGreaterThan(30);
        net.loss = (from, to, datagram) -> false;
        net.stream(source, 3 * SECOND);
        assertThat(count(200, viewer.node::hurried)).isZero();
    }

    @Test
    void aDoubtfulSupplierMeansHurryBeforeItIsSuspectAndUntilAllIsWellAgain() {
        Station peer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Station viewer = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        assertThat(peer.figures().substreamsUp()).isPositive();
        assertThat(viewer.node.hurried()).isFalse();
        peer.kill();
        long suspects = viewer.count(Counter.SUSPECTS);
        int doubtful = count(
                (int) (TAKEOVER_NANOS / MILLIS),
                () -> viewer.node.hurried() && viewer.count(Counter.SUSPECTS) == suspects);
        assertThat(doubtful).as("milliseconds of doubt").isPositive();
        assertThat(viewer.count(Counter.SUSPECTS)).isGreaterThan(suspects);
        net.stream(source, 3 * SECOND);
        assertThat(count(1_000, viewer.node::hurried)).isZero();
    }
}
