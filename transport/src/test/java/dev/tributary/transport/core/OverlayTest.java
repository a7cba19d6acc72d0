// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How nodes hear of each other, and what they tell and grant each other, word by word. */
class OverlayTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);

    private static long id(Stranger stranger) {
        return stranger.node();
    }

    private static Status probed(SmallNet net, Stranger asker) {
        asker.say(new Probe(9));
        net.run(3 * net.delayNanos);
        return asker.heard(StatusReport.class).getLast().status();
    }

    @Test
    void aWelcomeNamesSixteenMembersAtMostAndNeverTheNewcomer() {
        List<Stranger> early = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            early.add(net.stranger().link(source));
        }
        Stranger late = net.stranger().link(source);
        Welcome welcome = late.heard(Welcome.class).getFirst();
        assertThat(welcome.members()).hasSize(Wire.MAX_MEMBERS);
        assertThat(welcome.members())
                .map(Member::node)
                .doesNotHaveDuplicates()
                .doesNotContain(id(late))
                .isSubsetOf(early.stream().map(OverlayTest::id).toList());
    }

    @Test
    void whoLinksWithOneNodeIsSoonKnownToTheOthers() {
        Station one = net.viewer(2, source);
        Station two = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        assertThat(one.stream.membership.linkOf(two.node.id())).isNotNull();
        assertThat(two.stream.membership.linkOf(one.node.id())).isNotNull();
        assertThat(one.figures().members()).isEqualTo(2);
    }

    @Test
    void aNodeThatNobodyHearsOfIsForgotten() {
        Station viewer = net.viewer(1.5, source);
        net.stream(source, SECOND);
        Stranger silent = net.stranger().link(viewer);
        assertThat(viewer.figures().members()).isEqualTo(2);
        net.stream(source, 90 * SECOND);
        assertThat(viewer.stream.membership.linkOf(id(silent))).isNull();
        assertThat(viewer.figures().members()).isEqualTo(1);
    }

    @Test
    void aStandbyIsProbedAgainAndAgain() {
        Station viewer = net.viewer(1.5, source);
        net.stream(source, SECOND);
        Stranger standby = net.stranger().link(viewer);
        Status able =
                new Status(Status.FLAG_STARTED, 10, 0, 1_000, 4, 4, 0, 0, List.of(), List.of());
        standby.say(new StatusReport(0, able));
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            net.stream(source, 100 * MILLIS);
            List<Probe> probes = standby.heard(Probe.class);
            for (; answered < probes.size(); answered++) {
                standby.say(new StatusReport(probes.get(answered).token(), able));
            }
        }
        assertThat(viewer.figures().standbys()).isEqualTo(1);
        assertThat(answered).as("probes in ten seconds").isBetween(3, 10);
    }

    @Test
    void whoSuppliesAnEsiIsNotGivenItBack() {
        Station viewer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Stranger peer = net.stranger().link(viewer);
        int esi = viewer.stream.suppliers.all().getFirst().esi;
        viewer.stream.begin(viewer.localNow(), viewer);
        Link link = viewer.stream.links.open().getLast();
        viewer.stream.suppliers.ask(
                viewer.localNow(), link, List.of(esi), new Suppliers.Wish(0, -1, 0));
        peer.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(esi)));
        net.run(20 * MILLIS);
        assertThat(peer.heard(Subscribe.class)).isNotEmpty();
        assertThat(peer.heard(Answer.class).getFirst().verdicts().getFirst().code())
                .isEqualTo(Verdict.LOOP);
    }

    @Test
    void aNodeOffersFirstWhatComesByTheShortestWay() {
        List<Station> viewers = net.viewers(6, 1.5, source);
        net.stream(source, 3 * SECOND);
        int deep = 0;
        for (Station viewer : viewers) {
            Status status = probed(net, net.stranger().link(viewer));
            List<Integer> depths =
                    status.offers().stream().map(Status.Offer::depth).toList();
            assertThat(depths).isNotEmpty().isSortedAccordingTo(Comparator.naturalOrder());
            assertThat(depths.getFirst()).isGreaterThanOrEqualTo(2);
            deep += depths.getLast() > depths.getFirst() ? 1 : 0;
        }
        assertThat(deep).as("nodes with offers of several depths").isPositive();
    }

    @Test
    void theSourceOffersTwiceKEsisThatAreLeastUsedFirst() {
        Stranger receiver = net.stranger().link(source);
        receiver.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(2, 5)));
        Status status = probed(net, receiver);
        List<Integer> esis = status.offers().stream().map(Status.Offer::esi).toList();
        assertThat(esis).hasSize(2 * net.spec.k()).doesNotHaveDuplicates();
        assertThat(esis.subList(esis.size() - 2, esis.size())).containsExactlyInAnyOrder(2, 5);
    }

    @Test
    void aReceiverThatPassesNothingOnMakesRoomForANewcomerAndIsServedUntilItHasMoved() {
        // While a swarm starts, the slots that are kept for takeovers are open to newcomers.
        net.stream(source, 11 * SECOND);
        Stranger idle = net.stranger().link(source);
        idle.say(new StatusReport(0, withoutUpload()));
        idle.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(0, 1)));
        List<Stranger> others = new ArrayList<>();
        boolean full = false;
        while (!full) {
            Stranger other = net.stranger().link(source);
            other.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(4)));
            net.run(20 * MILLIS);
            others.add(other);
            full = other.heard(Answer.class).getFirst().verdicts().getFirst().code()
                    == Verdict.FULL;
        }
        Stranger able = net.stranger().link(source);
        able.say(new Subscribe(1, Subscribe.LIVE, 8, 0, 0, List.of(0)));
        net.run(20 * MILLIS);

        Verdict verdict = able.heard(Answer.class).getFirst().verdicts().getFirst();
        assertThat(verdict.granted()).isTrue();
        Revoke revoke = idle.heard(Revoke.class).getFirst();
        assertThat(revoke.reason()).isEqualTo(Revoke.PUSH_DOWN);
        assertThat(revoke.esis()).containsExactly(verdict.esi());
        assertThat(revoke.successors()).containsExactly(id(able));
        assertServedUntilItHasMoved(idle, verdict.esi());
        assertThat(others).allMatch(other -> other.heard(Revoke.class).isEmpty());
    }

    private void assertServedUntilItHasMoved(Stranger idle, int esi) {
        idle.symbols.clear();
        net.stream(source, 500 * MILLIS);
        assertThat(idle.symbols).contains(esi);
        idle.say(new Unsubscribe(List.of(esi)));
        net.run(50 * MILLIS);
        idle.symbols.clear();
        net.stream(source, 500 * MILLIS);
        assertThat(idle.symbols).isNotEmpty().doesNotContain(esi);
    }

    private static Status withoutUpload() {
        return new Status(Status.FLAG_NO_UPLOAD, -1, 0, 0, 0, 0, 0, 0, List.of(), List.of());
    }

    /** In each of these seeds both once gave up just what the other had asked them for. */
    @ParameterizedTest
    @ValueSource(longs = {1, 294, 296, 298})
    void twoViewersThatExchangeSubstreamsWithEachOtherStarveNobody(long seed) {
        SmallNet own = SmallNet.usual(seed);
        Station camera = own.source(2.5);
        List<Station> viewers = List.of(own.viewer(3, camera), own.viewer(2, camera));
        own.stream(camera, 3 * SECOND);
        Station late = own.viewer(0, camera);
        own.assertAllPlayToTheEnd(camera, 6 * SECOND, viewers);
        late.assertPlayedAll();
    }

    @Test
    void whenAllPeersAreGoneTheSourceIsEnough() {
        List<Station> peers = net.viewers(2, 2, source);
        net.stream(source, 2 * SECOND);
        Station viewer = net.viewer(0, source);
        net.stream(source, 4 * SECOND);
        peers.forEach(Station::kill);
        net.stream(source, 5 * SECOND);
        assertThat(viewer.figures().suppliers()).singleElement().satisfies(supplier -> {
            assertThat(supplier.role()).isEqualTo(Role.SOURCE);
            assertThat(supplier.esis()).hasSize(net.spec.k());
        });
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }
}
