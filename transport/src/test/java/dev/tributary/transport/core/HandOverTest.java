// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The slot of a node that leaves or died goes to whom it supplied. */
class HandOverTest {
    private final SmallNet net = SmallNet.usual(1);
    private final WireTap tap = WireTap.on(net);

    /** It has K slots, and a viewer that comes first takes them all. */
    private final Station source = net.source(1.3);

    private Station viewer() {
        assertThat(source.stream.receivers.slots()).isEqualTo(net.spec.k());
        Station viewer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        assertThat(source.figures().substreamsUp()).isEqualTo(net.spec.k());
        return viewer;
    }

    private int ask(Stranger asker, int flags, long dead, int esi) {
        asker.say(new Subscribe(1, flags | Subscribe.LIVE, 0, dead, 0, List.of(esi)));
        net.run(3 * net.delayNanos);
        return asker.heard(Answer.class).getLast().verdicts().getFirst().code();
    }

    @Test
    void theSlotOfWhoLeavesIsForOneOfItsReceiversAlreadyWhileItIsServed() {
        Station leaver = viewer();
        int esi = leaver.stream.suppliers.all().getFirst().esi;
        long id = leaver.node.id();
        assertThat(ask(net.stranger().link(leaver), 0, 0, esi)).isEqualTo(Verdict.GRANTED);
        Stranger heir = net.stranger().link(source);
        Stranger late = net.stranger().link(source);

        leaver.leave();
        net.run(2 * net.delayNanos);
        assertThat(ask(heir, Subscribe.SENT_BY_SUPPLIER, 0, esi)).isEqualTo(Verdict.FULL);
        assertThat(ask(heir, Subscribe.SENT_BY_SUPPLIER, id, esi)).isEqualTo(Verdict.GRANTED);
        assertThat(ask(late, Subscribe.SENT_BY_SUPPLIER, id, esi)).isEqualTo(Verdict.FULL);
        assertThat(leaver.node.left()).isFalse();
        assertThat(source.figures().substreamsUp()).isEqualTo(net.spec.k() + 1);
    }

    @Test
    void aReceiverOfWhoLeavesAsksItsSupplierForTheSlotAndTheLeaverIsGoneAtOnce() {
        Station leaver = viewer();
        Station heir = net.viewer(0, source);
        net.stream(source, 2 * SECOND);
        assertThat(leaver.figures().substreamsUp()).isEqualTo(net.spec.k());

        leaver.leave();
        net.stream(source, 400 * MILLIS);
        assertThat(leaver.node.left()).isTrue();
        assertThat(tap.said(heir.index, Subscribe.class))
                .anySatisfy(wish -> assertThat(wish.dead()).isEqualTo(leaver.node.id()));
        assertThat(heir.figures().suppliers())
                .singleElement()
                .satisfies(supplier -> assertThat(supplier.role()).isEqualTo(Role.SOURCE));
        net.assertAllPlayToTheEnd(source, 2 * SECOND, List.of(heir));
    }

    @Test
    void theSlotOfWhoDiedIsFreeForWhoNamesItAndThatOfTheLivingIsNot() {
        Stranger owner = net.stranger().link(source);
        for (int esi = 0; esi < net.spec.k(); esi++) {
            assertThat(ask(owner, Subscribe.ORPHAN, 0, esi)).isEqualTo(Verdict.GRANTED);
        }
        long id = owner.node();
        Stranger heir = net.stranger().link(source);
        owner.say(new Probe(1));
        net.run(2 * net.delayNanos);
        assertThat(ask(heir, Subscribe.ORPHAN, id, 2)).isEqualTo(Verdict.FULL);
        net.run(200 * MILLIS);
        assertThat(ask(heir, Subscribe.ORPHAN, 0, 2)).isEqualTo(Verdict.FULL);
        assertThat(ask(heir, Subscribe.ORPHAN, id, 2)).isEqualTo(Verdict.GRANTED);
        assertThat(source.figures().substreamsUp()).isEqualTo(net.spec.k());
        net.stream(source, 500 * MILLIS);
        assertThat(heir.symbols).isNotEmpty().containsOnly(2);
        assertThat(owner.symbols).isNotEmpty().doesNotContain(2);
    }

    @Test
    void theSecondOrphanOfADeadNodeGetsASlotOfAnEsiThatNobodyTookOn() {
        Stranger owner = net.stranger().link(source);
        for (int esi = 0; esi < net.spec.k(); esi++) {
            ask(owner, Subscribe.ORPHAN, 0, esi);
        }
        List<Stranger> orphans =
                List.of(net.stranger().link(source), net.stranger().link(source));
        net.run(200 * MILLIS);
        for (Stranger orphan : orphans) {
            assertThat(ask(orphan, Subscribe.ORPHAN, 0, 2)).isEqualTo(Verdict.FULL);
            assertThat(ask(orphan, Subscribe.ORPHAN, owner.node(), 2)).isEqualTo(Verdict.GRANTED);
        }
        assertThat(source.figures().substreamsUp()).isEqualTo(net.spec.k());
        net.stream(source, 500 * MILLIS);
        for (Stranger orphan : orphans) {
            assertThat(orphan.symbols).isNotEmpty().containsOnly(2);
        }
        assertThat(Set.copyOf(owner.symbols)).hasSize(net.spec.k() - 2).doesNotContain(2);
    }

    @Test
    void anOrphanThatOthersDependOnAsksTheSupplierOfTheDeadFirst() {
        Station dead = viewer();
        Station orphan = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Stranger dependant = net.stranger().link(orphan);
        int esi = orphan.stream.suppliers.all().getFirst().esi;
        assertThat(ask(dependant, 0, 0, esi)).isEqualTo(Verdict.GRANTED);
        net.stream(source, 2 * SECOND);

        dead.kill();
        net.stream(source, 2 * SECOND);
        assertThat(tap.said(orphan.index, Subscribe.class)).anySatisfy(wish -> {
            assertThat(wish.dead()).isEqualTo(dead.node.id());
            assertThat(wish.esis()).containsExactly(esi);
        });
        Subscription again = requireNonNull(orphan.stream.suppliers.active(esi));
        assertThat(again.depth).isEqualTo(1);
        assertThat(tap.said(orphan.index, Unsubscribe.class))
                .as("nothing of it is given back")
                .noneSatisfy(back -> assertThat(back.esis()).contains(esi));
    }
}
