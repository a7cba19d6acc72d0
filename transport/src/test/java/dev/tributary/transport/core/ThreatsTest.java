// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.ManifestFeed;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The threats of RFC 7574, section 12, by their names there, as far as one node meets them; DATA
 * and INTEGRITY are in {@link ProofsTest} and {@link ManifestsTest}, swarms of liars in the
 * simulator.
 */
class ThreatsTest {
    private static final int NOBODY = 15_000;

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station viewer = net.viewer(1.5, source);

    private void assertGoesOn() {
        net.assertAllPlayToTheEnd(source, 2 * SECOND, List.of(viewer));
    }

    @Test
    void amplificationWhoIsNamedAsTheSenderOfHellosGetsLessThanTheyTook() {
        net.stream(source, SECOND);
        int[] reflected = {0};
        net.loss = (from, to, datagram) -> {
            reflected[0] += to == NOBODY ? datagram.length : 0;
            return to == NOBODY;
        };
        int sent = 0;
        for (int i = 0; i < 500; i++) {
            byte[] hello = net.stranger().hello();
            source.onDatagram(NOBODY, hello);
            sent += hello.length;
            net.run(MILLIS);
        }
        assertThat(reflected[0]).isPositive().isLessThan(sent);
        assertGoesOn();
    }

    @Test
    void spoofedRequestAThirdPartyThatKnowsTheConnectionIdCannotSpeakForANode() {
        List<byte[]> genuine = new ArrayList<>();
        net.loss = (from, to, datagram) -> {
            if (from == viewer.index && WireTap.type(datagram) >= 0) {
                genuine.add(datagram);
            }
            return false;
        };
        net.stream(source, SECOND);
        net.loss = (from, to, datagram) -> false;
        byte[] connection = Arrays.copyOfRange(genuine.getLast(), 1, 9);
        Stranger third = net.stranger().link(source);
        byte[] spoofed = third.seal(new byte[] {8, 0, 5, 4, 0, 1, 2, 3});
        System.arraycopy(connection, 0, spoofed, 1, connection.length);
        long refused = source.count(Counter.DATAGRAMS_REFUSED);
        int taken = source.figures().substreamsUp();
        source.onDatagram(viewer.index, spoofed);
        source.onDatagram(third.path, spoofed);
        assertThat(source.count(Counter.DATAGRAMS_REFUSED)).isEqualTo(refused + 2);
        assertThat(source.figures().substreamsUp()).isEqualTo(taken);
        assertGoesOn();
    }

    @Test
    void hs1WhoIsGreetedByAttackersAloneStillBeginsLinksItself() {
        for (int i = 0; i < 60; i++) {
            Stranger attacker = net.stranger().link(viewer);
            attacker.say(new StatusReport(0, roomy()));
        }
        Station other = net.viewer(1.5, source);
        net.stream(source, 3 * SECOND);
        assertThat(viewer.stream.membership.linkOf(other.node.id())).isNotNull();
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(viewer, other));
    }

    /** Has everything and room for everybody, as it says. */
    private static Status roomy() {
        List<Status.Offer> offers =
                IntStream.range(0, 8).mapToObj(i -> new Status.Offer(i, 1, 0)).toList();
        return new Status(Status.FLAG_STARTED, 0, 0, 0, 8, 8, 2, 0, offers, List.of());
    }

    @Test
    void eclipseWhoTellsOfManyNodesOfOnePrefixKeepsNobodyElseOutOfTheBook() {
        net.stream(source, SECOND);
        Stranger attacker = net.stranger();
        for (int i = 0; i < 36; i++) {
            attacker = i % 3 == 0 ? net.stranger().link(viewer) : attacker;
            attacker.say(new Records(nodes(0x0B_0C_0D_00, 9, 1_000 + 9 * i)));
            net.run(20 * MILLIS);
        }
        assertThat(viewer.stream.membership.size()).isEqualTo(Membership.BOOK);
        Stranger honest = net.stranger().link(viewer);
        List<NodeRecord> others = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            others.addAll(nodes(0x20_00_00_00 + (i << 8), 1, 100 + i));
        }
        honest.say(new Records(others.subList(0, 8)));
        honest.say(new Records(others.subList(8, 16)));
        net.run(100 * MILLIS);
        net.stranger().link(viewer).say(new Records(nodes(0x0B_0C_0D_00, 9, 5_000)));
        net.run(100 * MILLIS);
        List<Long> known = viewer.stream.membership.sample(viewer.localNow(), 1_000, 0).stream()
                .map(Member::node)
                .toList();
        assertThat(known)
                .containsAll(IntStream.range(100, 116).mapToObj(MadeUp::node).toList());
        assertGoesOn();
    }

    /** Nodes of which there are none, in the network of an address. */
    private List<NodeRecord> nodes(int network, int count, int first) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> MadeUp.record(net, i, Endpoint.ipv4(network | i % 200 + 1, 4_000)))
                .toList();
    }

    @Test
    void e1AndE2MembersThatAnAttackerTellsDoNotCrowdOutThoseThatAreThere() {
        net.stream(source, SECOND);
        Stranger atSource = net.stranger().link(source);
        Stranger atViewer = net.stranger().link(viewer);
        for (int i = 0; i < 100; i++) {
            List<NodeRecord> bogus = MadeUp.records(net, NOBODY + 16 * i, 16);
            atSource.tell(bogus);
            atViewer.tell(bogus);
            net.stream(source, 20 * MILLIS);
        }
        assertThat(viewer.stream.membership.size()).isLessThanOrEqualTo(Membership.BOOK);
        assertThat(viewer.stream.membership.linkOf(source.node.id())).isNotNull();
        Station late = net.viewer(1.5, source);
        net.assertAllPlayToTheEnd(source, 4 * SECOND, List.of(viewer));
        assertThat(late.count(Counter.BLOCKS_PLAYED)).isGreaterThan(80);
        assertThat(late.gaps).isEmpty();
    }

    @Test
    void request1WhoAsksForEverythingGetsOneStreamOfItAndOthersPlay() {
        SmallNet wide = SmallNet.usual(2);
        Station rich = wide.source(6);
        Stranger greedy = wide.stranger().link(rich);
        int flags = Subscribe.LIVE | Subscribe.ORPHAN;
        List<Integer> all = IntStream.range(0, wide.spec.n()).boxed().toList();
        for (int i = 0; i < 20; i++) {
            greedy.say(new Subscribe(i, flags, 0, 0, 0, all), new Probe(i));
            wide.stream(rich, 100 * MILLIS);
        }
        long granted = greedy.heard(Answer.class).getLast().verdicts().stream()
                .filter(Verdict::granted)
                .count();
        assertThat(rich.stream.receivers.slots()).isGreaterThan(wide.spec.k() + 4);
        assertThat(granted).isEqualTo(wide.spec.k() + 2L);
        Station other = wide.viewer(1.5, rich);
        wide.stream(rich, 3 * SECOND);
        wide.finish(rich);
        assertThat(other.gaps).isEmpty();
        assertThat(other.count(Counter.BLOCKS_PLAYED)).isPositive();
    }

    @Test
    void cancelAndChokeWordsThatFitNoStateChangeNothing() {
        net.stream(source, SECOND);
        Stranger stranger = net.stranger().link(viewer);
        List<Subscription> before = List.copyOf(viewer.stream.suppliers.all());
        List<Integer> esis = before.stream().map(s -> s.esi).toList();
        List<Verdict> verdicts = esis.stream()
                .map(esi -> new Verdict(esi, Verdict.GRANTED, 1, 0))
                .toList();
        stranger.say(new Answer(77, verdicts, List.of()));
        for (int reason = 0; reason < 5; reason++) {
            stranger.say(new Revoke(reason, esis, List.of()));
            stranger.say(new RepairRefusal(20, reason));
        }
        stranger.say(new Unsubscribe(esis));
        stranger.say(new ManifestFeed(false));
        net.stream(source, SECOND);
        assertThat(viewer.stream.suppliers.all()).containsExactlyElementsOf(before);
        assertGoesOn();
    }
}
