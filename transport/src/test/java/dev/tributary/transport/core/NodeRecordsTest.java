// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.Message.Seen;
import dev.tributary.transport.wire.NodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What nodes believe of each other: what each has signed of itself, and nothing else. */
class NodeRecordsTest {
    /** Nobody is at these addresses. */
    private static final int NOBODY = 12_000;

    private final SmallNet net = SmallNet.usual(1);
    private final WireTap tap = WireTap.on(net);
    private final Station source = net.source(2.5);
    private final Station viewer = net.viewer(1.5, source);

    private Membership book() {
        return viewer.stream.membership;
    }

    private static NodeRecord of(Station at, Station of) {
        return requireNonNull(at.stream.membership.recordOf(of.node.id()));
    }

    private Stranger linked() {
        Stranger stranger = net.stranger().link(viewer);
        net.run(2 * net.delayNanos);
        return stranger;
    }

    private NodeRecord record(int path, long serial) {
        return MadeUp.record(net, NOBODY, SmallNet.endpoint(path), serial);
    }

    private void say(Stranger teller, NodeRecord... records) {
        teller.say(new Records(List.of(records)));
        net.run(2 * net.delayNanos);
    }

    private List<Long> asked(Stranger teller) {
        List<Long> nodes = new ArrayList<>();
        teller.heard(RecordsWanted.class).forEach(wanted -> nodes.addAll(wanted.nodes()));
        return nodes;
    }

    @Test
    void twoThatLinkKnowWhatEachSaysOfItselfAndWhereOthersSeeIt() {
        net.stream(source, SECOND);
        assertThat(of(viewer, source).endpoint()).isEqualTo(SmallNet.endpoint(source.index));
        assertThat(of(viewer, source).role()).isEqualTo(Role.SOURCE.code());
        assertThat(of(viewer, source).slots()).isEqualTo(source.stream.receivers.slots());
        assertThat(of(source, viewer).endpoint()).isEqualTo(SmallNet.endpoint(viewer.index));
        assertThat(of(source, viewer).serial()).isEqualTo(SmallNet.UNIX_SECONDS + 1);
    }

    @Test
    void whoeverIsNamedIsAskedForOnceAndKnownWhenItsRecordComes() {
        Stranger one = linked();
        Stranger other = linked();
        one.tell(MadeUp.records(net, NOBODY, 3));
        other.say(new Members(List.of(new Member(MadeUp.node(NOBODY), 0))));
        net.run(2 * net.delayNanos + MILLIS);
        assertThat(asked(one)).hasSize(3);
        assertThat(asked(other)).isEmpty();
        net.run(2 * net.delayNanos);
        assertThat(book().recordOf(MadeUp.node(NOBODY))).isNotNull();
        other.tell(MadeUp.records(net, NOBODY, 3));
        net.run(SECOND);
        assertThat(asked(one)).hasSize(3);
        assertThat(asked(other)).isEmpty();
    }

    @Test
    void whoseRecordDoesNotComeIsAskedForThreeTimesAndIsInNoBook() {
        Stranger teller = linked();
        int before = book().size();
        teller.say(new Members(List.of(new Member(77, 0), new Member(78, 65_000))));
        net.run(4 * SECOND);
        assertThat(asked(teller)).containsExactly(77L, 77L, 77L);
        assertThat(book().size()).isEqualTo(before);
        assertThat(book().records.wanted()).isEqualTo(1);
        net.run(3 * SECOND);
        assertThat(book().records.wanted()).isZero();
    }

    @Test
    void nobodyEntersAnotherAddressOrCapacityForANode() {
        Stranger teller = linked();
        NodeRecord genuine = record(NOBODY, 5);
        Endpoint elsewhere = SmallNet.endpoint(NOBODY + 1);
        say(teller, with(genuine, elsewhere, genuine.slots(), 6));
        assertCaught(teller);
        assertThat(book().recordOf(MadeUp.node(NOBODY))).isNull();
        Stranger next = linked();
        say(next, genuine);
        say(next, with(genuine, genuine.endpoint(), 60_000, 6));
        assertCaught(next);
        assertThat(book().recordOf(MadeUp.node(NOBODY)))
                .usingRecursiveComparison()
                .isEqualTo(genuine);
        assertThat(viewer.count(Counter.RECORDS_FORGED)).isEqualTo(2);
    }

    private static NodeRecord with(NodeRecord of, Endpoint endpoint, int slots, long serial) {
        return new NodeRecord(of.key(), endpoint, of.role(), slots, serial, of.signature());
    }

    private void assertCaught(Stranger liar) {
        assertThat(viewer.figures().liars()).contains(liar.node());
        assertThat(book().linkOf(liar.node())).isNull();
    }

    @Test
    void whoIntroducesItselfAsAnotherIsALiar() {
        Stranger liar = net.stranger();
        liar.own = record(liar.path, 1);
        liar.link(viewer);
        net.run(SECOND);
        assertCaught(liar);
        assertThat(book().recordOf(MadeUp.node(NOBODY))).isNull();
    }

    @Test
    void ofTwoRecordsTheNewerOneCounts() {
        Stranger teller = linked();
        say(teller, record(NOBODY, 5));
        long stale = viewer.count(Counter.RECORDS_STALE);
        say(teller, record(NOBODY + 1, 4), record(NOBODY + 2, 5));
        assertThat(viewer.count(Counter.RECORDS_STALE)).isEqualTo(stale + 2);
        NodeRecord kept = requireNonNull(book().recordOf(MadeUp.node(NOBODY)));
        assertThat(kept.endpoint()).isEqualTo(SmallNet.endpoint(NOBODY));
        say(teller, record(NOBODY + 3, 6));
        kept = requireNonNull(book().recordOf(MadeUp.node(NOBODY)));
        assertThat(kept.endpoint()).isEqualTo(SmallNet.endpoint(NOBODY + 3));
        assertThat(viewer.figures().liars()).isEmpty();
    }

    @Test
    void aNodeThatIsNotWhereItsRecordSaysIsAskedForAnewOnceOthersHearOfIt() {
        Stranger teller = linked();
        NodeRecord old = record(NOBODY, 5);
        teller.tell(List.of(old));
        teller.say(new Answer(1, List.of(), List.of(MadeUp.node(NOBODY))));
        net.run(10 * SECOND);
        assertThat(tap.hellos(viewer.index, NOBODY)).isGreaterThanOrEqualTo(4);
        Stranger later = linked();
        Stranger there = net.stranger();
        later.tell(List.of(record(there.path, 6)));
        net.run(3 * net.delayNanos);
        later.say(new Answer(1, List.of(), List.of(MadeUp.node(NOBODY))));
        net.run(SECOND);
        assertThat(asked(later)).contains(MadeUp.node(NOBODY));
        assertThat(tap.hellos(viewer.index, there.path)).isPositive();
    }

    @Test
    void whoARefusalNamesIsGreetedWhenItsRecordHasCome() {
        SmallNet.Loss before = net.loss;
        Stranger teller = linked();
        NodeRecord named = record(NOBODY, 1);
        teller.records.put(MadeUp.node(NOBODY), named);
        boolean[] late = {true};
        net.loss = (from, to, datagram) -> before.takes(from, to, datagram)
                || (late[0] && from == teller.path && WireTap.type(datagram) == 22);
        teller.say(new Answer(1, List.of(), List.of(MadeUp.node(NOBODY))));
        net.run(200 * MILLIS);
        assertThat(asked(teller)).containsExactly(MadeUp.node(NOBODY));
        assertThat(tap.hellos(viewer.index, NOBODY)).isZero();
        late[0] = false;
        net.run(600 * MILLIS);
        assertThat(asked(teller)).as("what was lost is asked for again").hasSize(2);
        assertThat(tap.hellos(viewer.index, NOBODY)).isPositive();
    }

    @Test
    void whoNamesManyIsAskedForAFewAtATime() {
        Stranger teller = linked();
        teller.say(new Members(unknown(0)), new Members(unknown(16)), new Members(unknown(32)));
        net.run(100 * MILLIS);
        assertThat(asked(teller)).hasSizeBetween(5, NodeRecords.ASKED_AT_ONCE);
        for (int i = 0; i < 20; i++) {
            teller.say(new Members(unknown(100 + 16 * i)));
            net.run(SECOND / 2);
            assertThat(book().records.wanted()).isLessThanOrEqualTo(NodeRecords.MOST_WANTED);
        }
        assertThat(asked(teller).size())
                .isLessThanOrEqualTo(NodeRecords.ASKED_AT_ONCE + 11 * NodeRecords.ASKED_PER_SECOND);
    }

    @Test
    void aNewcomerAsksTheSourceForFewOfThoseThatItNames() {
        SmallNet crowd = SmallNet.usual(2);
        Station entry = crowd.source(2.5);
        for (int i = 0; i < 16; i++) {
            crowd.stranger().link(entry);
        }
        Station newcomer = crowd.viewer(1.5, entry);
        crowd.run(400 * MILLIS);
        assertThat(newcomer.stream.membership.linkOf(entry.node.id())).isNotNull();
        assertThat(entry.count(Counter.RECORDS_GIVEN)).isBetween(3L, 7L);
    }

    @Test
    void whoHasLinksEnoughAsksForFewOfThoseThatItHearsOf() {
        net.stream(source, SECOND);
        List<Stranger> tellers = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            tellers.add(net.stranger().link(viewer));
        }
        long before = viewer.count(Counter.RECORDS_ASKED);
        for (int i = 0; i < tellers.size(); i++) {
            tellers.get(i).say(new Members(unknown(100L * i)));
        }
        net.stream(source, SECOND);
        assertThat(viewer.count(Counter.RECORDS_ASKED) - before).isBetween(10L, 20L);
    }

    private static List<Member> unknown(long first) {
        return LongStream.range(first, first + 16)
                .mapToObj(i -> new Member(9_000 + i, 0))
                .toList();
    }

    @Test
    void whoAsksForManyGetsItsShareAndWhoPushesManyIsNotReadOn() {
        Stranger teller = linked();
        for (int i = 0; i < 6; i++) {
            say(teller, MadeUp.records(net, NOBODY + 9 * i, 9).toArray(NodeRecord[]::new));
        }
        assertThat(viewer.count(Counter.RECORDS_OVER_BUDGET)).isPositive();
        assertThat(viewer.count(Counter.RECORDS_IN)).isLessThan(40);
        long over = viewer.count(Counter.RECORDS_OVER_BUDGET);
        Stranger asker = linked();
        List<Long> nodes =
                LongStream.range(NOBODY, NOBODY + 12).mapToObj(MadeUp::node).toList();
        for (int i = 0; i < 5; i++) {
            asker.say(new RecordsWanted(nodes));
        }
        net.run(SECOND);
        int given = asker.heard(Records.class).stream()
                .mapToInt(records -> records.records().size())
                .sum();
        assertThat(given).isBetween(30, NodeRecords.GIVEN_AT_ONCE + 1);
        assertThat(viewer.count(Counter.RECORDS_OVER_BUDGET)).isGreaterThan(over);
        assertThat(viewer.figures().liars()).isEmpty();
    }

    @Test
    void aNodeBelievesOfItsOwnAddressWhatMostOfItsLinksTell() {
        net.stream(source, 6 * SECOND);
        Endpoint before = of(source, viewer).endpoint();
        Endpoint elsewhere = SmallNet.endpoint(NOBODY);
        List<Stranger> all = List.of(linked(), linked(), linked(), linked());
        all.subList(0, 2).forEach(stranger -> stranger.say(new Seen(elsewhere)));
        net.run(SECOND);
        assertThat(of(source, viewer).endpoint()).isEqualTo(before);
        Stranger third = linked();
        List.of(all.get(0), all.get(1), third, linked(), linked())
                .forEach(stranger -> stranger.say(new Seen(elsewhere)));
        net.run(SECOND);
        assertThat(of(source, viewer).endpoint()).isEqualTo(elsewhere);
        assertThat(third.heard(Records.class).getLast().records().getFirst().endpoint())
                .isEqualTo(elsewhere);
    }

    @Test
    void whoSaysToBeWhereAnotherIsDoesNotTakeItsLink() {
        net.stream(source, SECOND);
        Link before = requireNonNull(book().linkOf(source.node.id()));
        Stranger liar = linked();
        NodeRecord there = MadeUp.record(net, NOBODY, SmallNet.endpoint(source.index));
        liar.tell(List.of(there));
        net.run(net.delayNanos * 4);
        liar.say(new Answer(1, List.of(), List.of(MadeUp.node(NOBODY))));
        net.stream(source, 2 * SECOND);
        assertThat(book().linkOf(source.node.id())).isSameAs(before);
        assertThat(before.isOpen()).isTrue();
    }
}
