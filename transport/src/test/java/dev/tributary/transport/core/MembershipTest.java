// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whom a node gets to know, and whom it names to others. */
class MembershipTest {
    /** Nobody is at these addresses. */
    private static final int NOBODY = 11_000;

    private final SmallNet net = SmallNet.usual(1);
    private final WireTap tap = WireTap.on(net);

    private static long id(Stranger stranger) {
        return stranger.node();
    }

    private static Status status(int flags, int freeSlots, Status.Upstream... upstreams) {
        return new Status(
                flags | Status.FLAG_STARTED,
                0,
                0,
                0,
                freeSlots,
                4,
                0,
                0,
                List.of(),
                List.of(upstreams));
    }

    private Stranger standing(Station at, Status status) {
        Stranger stranger = net.stranger().link(at);
        stranger.say(new StatusReport(0, status));
        net.run(2 * net.delayNanos);
        return stranger;
    }

    /** Strangers linked with a node that say they have so many slots free. */
    private List<Stranger> strangers(int count, Station at, int freeSlots) {
        List<Stranger> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(standing(at, status(0, freeSlots)));
        }
        return all;
    }

    private static Set<Long> ids(List<Stranger> strangers) {
        Set<Long> ids = new TreeSet<>();
        strangers.forEach(stranger -> ids.add(id(stranger)));
        return ids;
    }

    /** Asks for an ESI that there is not, and hears who else might help. */
    private List<Long> alternatives(Stranger asker) {
        asker.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(net.spec.n())));
        net.run(3 * net.delayNanos);
        return asker.heard(Answer.class).getLast().alternatives();
    }

    @Test
    void alternativesBeginWithThoseThatHaveRoomThenComeReceiversAndThenTheOthers() {
        Station source = net.source(4);
        List<Stranger> others = strangers(2, source, 0);
        standing(source, status(Status.FLAG_NO_UPLOAD, 4));
        List<Stranger> receivers = strangers(2, source, 0);
        for (Stranger receiver : receivers) {
            receiver.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(0)));
        }
        List<Stranger> roomy = strangers(2, source, 3);
        Stranger asker = net.stranger().link(source);
        Set<Long> first = new TreeSet<>();
        List<Stranger> all = new ArrayList<>(others);
        all.addAll(receivers);
        all.addAll(roomy);
        for (int i = 0; i < 10; i++) {
            List<Long> named = alternatives(asker);
            assertThat(alternatives(asker)).as("the same once more at once").isEmpty();
            all.forEach(stranger -> stranger.say(new Probe(1)));
            net.run(500 * MILLIS);
            assertThat(named).hasSize(6);
            assertThat(named.subList(0, 2)).containsExactlyInAnyOrderElementsOf(ids(roomy));
            assertThat(named.subList(2, 4)).containsExactlyInAnyOrderElementsOf(ids(receivers));
            assertThat(named.subList(4, 6)).containsExactlyInAnyOrderElementsOf(ids(others));
            first.add(named.getFirst());
        }
        assertThat(first).as("who comes first, in turn").isEqualTo(ids(roomy));
    }

    @Test
    void whoLacksSubstreamsLooksForOthersBeyondTheLinksThatAreFull() {
        assertThat(greeted(net.source(0), 0)).isPositive();
    }

    @Test
    void whoLacksSubstreamsButHasLinksWithRoomLooksForNobodyElse() {
        assertThat(greeted(net.source(0), 2)).isZero();
    }

    @Test
    void whoLacksNothingLooksForNobodyBeyondItsLinksHoweverFullTheyAre() {
        assertThat(greeted(net.source(2.5), 0)).isZero();
    }

    /**
     * How many nodes a viewer greets that it has heard of, when it is linked with thirty others
     * that have so many slots free but nothing to give.
     */
    private long greeted(Station source, int freeSlots) {
        Station viewer = net.viewer(0, source);
        net.stream(source, SECOND);
        Stranger last = strangers(30, viewer, freeSlots).getLast();
        last.tell(MadeUp.records(net, NOBODY, 5));
        net.stream(source, SECOND);
        assertThat(viewer.stream.membership.size()).isEqualTo(36);
        assertThat(viewer.stream.links.openCount()).isEqualTo(31);
        long greeted = 0;
        for (int path = NOBODY; path < NOBODY + 5; path++) {
            greeted += tap.hellos(viewer.index, path) > 0 ? 1 : 0;
        }
        return greeted;
    }

    @Test
    void whoPassesAnEsiOnGetsToKnowTheSupplierOfItsSupplierOnceAndNobodyElses() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(2, source);
        net.stream(source, SECOND);
        int passedOn = viewer.stream.suppliers.all().getFirst().esi;
        int kept = viewer.stream.suppliers.all().getLast().esi;
        net.stranger()
                .link(viewer)
                .say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(passedOn)));
        net.stream(source, SECOND);

        Stranger teller = net.stranger().link(viewer);
        for (NodeRecord record : MadeUp.records(net, NOBODY, 2)) {
            teller.records.put(NodeKey.idOf(PlainSuite.INSTANCE, record.key()), record);
        }
        Status told = status(0, 0, upstream(passedOn, NOBODY), upstream(kept, NOBODY + 1));
        teller.say(new StatusReport(0, told));
        net.run(4 * net.delayNanos);
        assertThat(tap.hellos(viewer.index, NOBODY)).isEqualTo(1);
        net.stream(source, SECOND);
        assertThat(tap.hellos(viewer.index, NOBODY + 1)).isZero();
    }

    @Test
    void whoIsLinkedWithTheSupplierOfItsSupplierDoesNotGreetItAgain() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(2, source);
        net.stream(source, SECOND);
        int esi = viewer.stream.suppliers.all().getFirst().esi;
        net.stranger().link(viewer).say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(esi)));
        net.stream(source, SECOND);
        long before = tap.hellos(viewer.index, source.index);
        Status.Upstream known = new Status.Upstream(esi, source.node.id());
        standing(viewer, status(0, 0, known));
        assertThat(tap.hellos(viewer.index, source.index)).isEqualTo(before);
    }

    private static Status.Upstream upstream(int esi, int path) {
        return new Status.Upstream(esi, MadeUp.node(path));
    }

    @Test
    void aReceiverIsToldWhoSuppliesItsSupplierAndAnybodyElseIsNot() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(2, source);
        net.stream(source, SECOND);
        int esi = viewer.stream.suppliers.all().getFirst().esi;
        Stranger receiver = net.stranger().link(viewer);
        receiver.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(esi)), new Probe(7));
        Stranger other = net.stranger().link(viewer);
        other.say(new Probe(8));
        net.run(50 * MILLIS);
        Status told = receiver.heard(StatusReport.class).getLast().status();
        assertThat(told.upstreams()).containsExactly(new Status.Upstream(esi, source.node.id()));
        assertThat(other.heard(StatusReport.class).getLast().status().upstreams())
                .isEmpty();
    }
}
