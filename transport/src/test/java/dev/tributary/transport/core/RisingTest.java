// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Status.Offer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that others depend on changes places with one that nobody depends on. */
class RisingTest {
    private final SmallNet net = SmallNet.usual(1);

    /** It has K slots, all of which the leaf takes. */
    private final Station source = net.source(1.3);

    private final Stranger leaf = net.stranger().link(source);
    private final Stranger below = net.stranger().link(source);
    private final Stranger asker = net.stranger().link(source);

    private void leafTakesAll() {
        for (int esi = 0; esi < net.spec.k(); esi++) {
            assertThat(ask(leaf, Subscribe.ORPHAN, 0, esi)).isEqualTo(Verdict.GRANTED);
        }
        assertThat(source.figures().substreamsUp()).isEqualTo(source.stream.receivers.slots());
    }

    private int ask(Stranger stranger, int flags, long dead, int esi) {
        stranger.say(new Subscribe(1, flags | Subscribe.LIVE, 0, dead, 0, List.of(esi)));
        net.run(3 * net.delayNanos);
        return stranger.heard(Answer.class).getLast().verdicts().getFirst().code();
    }

    private static Message passesOn(int esi) {
        List<Offer> offers = List.of(new Offer(esi, 2, Offer.PASSED_ON));
        return new StatusReport(0, new Status(0, -1, 0, 0, 4, 4, 0, 0, offers, List.of()));
    }

    @Test
    void whoHasTakersGetsThePlaceOfOneThatHasNoneAndThatOneGoesToItsSupplierSoFar() {
        leafTakesAll();
        assertThat(ask(asker, 0, 0, 2)).isEqualTo(Verdict.FULL);
        assertThat(ask(asker, Subscribe.RISE, below.node(), 2)).isEqualTo(Verdict.GRANTED);
        Revoke revoke = leaf.heard(Revoke.class).getFirst();
        assertThat(revoke.reason()).isEqualTo(Revoke.PUSH_DOWN);
        assertThat(revoke.esis()).containsExactly(2);
        assertThat(revoke.successors()).containsExactly(below.node(), asker.node());
        leaf.symbols.clear();
        net.stream(source, 500 * MILLIS);
        assertThat(asker.symbols).isNotEmpty().containsOnly(2);
        assertThat(leaf.symbols).as("served until it has moved").contains(2);
    }

    @Test
    void nobodyRisesToMuchOfOneSupplierToAStrangersPlaceOrOverOneThatHasTakers() {
        leafTakesAll();
        assertThat(ask(asker, Subscribe.RISE, 12_345, 2)).isEqualTo(Verdict.FULL);
        leaf.say(passesOn(2));
        net.run(2 * net.delayNanos);
        assertThat(ask(asker, Subscribe.RISE, below.node(), 2)).isEqualTo(Verdict.FULL);
        assertThat(ask(asker, Subscribe.RISE, below.node(), 3)).isEqualTo(Verdict.GRANTED);
        assertThat(ask(asker, Subscribe.RISE, below.node(), 1)).isEqualTo(Verdict.FULL);
    }

    @Test
    void whoHasNotMovedInTimeIsEndedWhereThereIsNoRoomForBoth() {
        leafTakesAll();
        assertThat(ask(asker, Subscribe.RISE, below.node(), 2)).isEqualTo(Verdict.GRANTED);
        for (int i = 0; i < 14; i++) {
            leaf.say(new Probe(1));
            asker.say(new Probe(1));
            net.run(250 * MILLIS);
        }
        assertThat(leaf.heard(Revoke.class)).last().satisfies(revoke -> {
            assertThat(revoke.reason()).isEqualTo(Revoke.ENDED);
            assertThat(revoke.esis()).containsExactly(2);
        });
        assertThat(source.figures().substreamsUp()).isEqualTo(source.stream.receivers.slots());
    }

    @Test
    void whoIsSentForASlotThatIsAboutToBeLeftGetsInAndTheLeaverKeepsItUntilThen() {
        leafTakesAll();
        net.run(200 * MILLIS);
        assertThat(ask(asker, Subscribe.SENT_BY_SUPPLIER, 0, 2)).isEqualTo(Verdict.FULL);
        assertThat(ask(asker, Subscribe.SENT_BY_SUPPLIER, below.node(), 2)).isEqualTo(Verdict.FULL);
        assertThat(ask(asker, Subscribe.SENT_BY_SUPPLIER, leaf.node(), 2))
                .isEqualTo(Verdict.GRANTED);
        assertThat(source.figures().substreamsUp()).isEqualTo(source.stream.receivers.slots() + 1);
    }

    @Test
    void whoseSupplierLivesDoesNotAskForItsSlot() {
        SmallNet others = SmallNet.usual(2);
        WireTap tap = WireTap.on(others);
        Station top = others.source(1.3);
        Station middle = others.viewer(2, top);
        others.stream(top, 2 * SECOND);
        Station orphan = others.viewer(2, top);
        others.stream(top, 2 * SECOND);
        Subscription lost = orphan.stream.suppliers.all().getFirst();
        assertThat(lost.link.node()).isEqualTo(middle.node.id());
        Stranger taker = others.stranger().link(orphan);
        taker.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(lost.esi)));
        others.stream(top, 2 * SECOND);
        orphan.stream.begin(orphan.localNow(), orphan);
        var loss = new Subscription.Loss(lost.esi, lost.link.node(), "ended", 0, false);
        orphan.stream.losses.lose(orphan.localNow(), lost, loss);
        others.run(SECOND);
        assertThat(tap.said(orphan.index, Subscribe.class))
                .filteredOn(wish -> wish.has(Subscribe.ORPHAN))
                .isNotEmpty()
                .allSatisfy(wish -> assertThat(wish.dead()).isZero());
    }

    @Test
    void nodesRiseInASwarmThatHasGrown() {
        SmallNet swarm = SmallNet.usual(3);
        Station top = swarm.source(1.5);
        List<Station> viewers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            viewers.add(swarm.viewer(1.5, top));
            swarm.stream(top, 300 * MILLIS);
        }
        swarm.stream(top, 20 * SECOND);
        assertThat(viewers)
                .anySatisfy(viewer -> assertThat(viewer.node.flightRecord())
                        .anySatisfy(line -> assertThat(line).contains("moved, rises")));
        swarm.assertAllPlayToTheEnd(top, SECOND, viewers);
    }
}
