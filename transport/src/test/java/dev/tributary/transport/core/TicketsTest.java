// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static dev.tributary.transport.core.SmallNet.UNIX_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.trust.TicketVerdict;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message.Dismissal;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Shown;
import dev.tributary.transport.wire.Message.Welcome;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A closed stream: who gets in, who does not, and what becomes of those whose ticket ends. */
class TicketsTest {
    private static final String ENDED = "this node's ticket ended at";
    private static final long LATER = UNIX_SECONDS + 1_000_000;

    private final SmallNet net = SmallNet.closed(1);
    private final Station source = net.source(2.5);

    private static TicketTerms terms(Bytes32 stream, Bytes32 holder, boolean watch, boolean relay) {
        return new TicketTerms(stream, holder, watch, relay, UNIX_SECONDS, 1_000_000);
    }

    private Ticket until(Station holder, long unixSeconds) {
        return net.ticket(holder.node.key().publicKey(), UNIX_SECONDS, unixSeconds);
    }

    @Test
    void holdersOfTicketsPlayAndSupplyEachOther() {
        Station relay = net.relay(3, source);
        List<Station> viewers = net.viewers(6, 1.5, source);
        net.assertAllPlayToTheEnd(source, 6 * SECOND, viewers);
        assertThat(viewers).allMatch(v -> v.stream.membership.size() >= 4);
        assertThat(source.figures().receivers()).hasSizeLessThan(7);
        assertThat(relay.count(Counter.TICKETS_REFUSED)).isZero();
    }

    /** A viewer that comes with something else than a ticket that is good gets nothing. */
    private void assertRefused(Function<Bytes32, @Nullable Ticket> tickets, TicketVerdict verdict) {
        long before = source.count(Counter.TICKETS_REFUSED);
        net.tickets = tickets;
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        assertThat(viewer.stream.failure().orElse(""))
                .contains("closed to this node, for its ticket: " + verdict.words());
        assertThat(viewer.count(Counter.SYMBOLS_IN)).isZero();
        assertThat(viewer.count(Counter.MANIFESTS_IN)).isZero();
        assertThat(viewer.stream.links.openCount()).isZero();
        assertThat(source.stream.links.openCount()).isZero();
        assertThat(source.count(Counter.TICKETS_REFUSED)).isGreaterThan(before);
    }

    @Test
    void whoHasNoTicketIsRefused() {
        assertRefused(holder -> null, TicketVerdict.MISSING);
    }

    @Test
    void aTicketThatHasEndedIsNotEvenShownAndRefusedWhereItIs() {
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS - 100, UNIX_SECONDS);
        Station viewer = net.viewer(1.5, source);
        net.run(SECOND);
        assertThat(viewer.stream.failure().orElse("")).contains(ENDED);
        assertThat(viewer.count(Counter.DATAGRAMS_OUT)).isZero();
        Stranger stranger = net.stranger();
        stranger.ticket =
                net.ticket(stranger.key(), UNIX_SECONDS - 100, UNIX_SECONDS).bytes();
        stranger.link(source);
        assertThat(stranger.heard(Dismissal.class))
                .containsExactly(new Dismissal(TicketVerdict.EXPIRED.code()));
        assertThat(source.count(Counter.TICKETS_REFUSED)).isEqualTo(1);
        assertThat(source.stream.links.openCount()).isZero();
    }

    @Test
    void aTicketForTomorrowIsRefused() {
        assertRefused(
                holder -> net.ticket(holder, UNIX_SECONDS + 86_400, LATER),
                TicketVerdict.NOT_YET_VALID);
    }

    @Test
    void aTicketToAnotherStreamOfTheSameBroadcasterIsRefused() {
        Bytes32 other = StreamKey.streamId(net.key.publicKey(), "other");
        assertRefused(
                holder -> net.key.ticket(terms(other, holder, true, true)),
                TicketVerdict.OTHER_STREAM);
    }

    @Test
    void aTicketThatWasCopiedFromItsHolderIsRefused() {
        Bytes32 holder = source.node.key().publicKey();
        assertRefused(thief -> net.ticket(holder, UNIX_SECONDS, LATER), TicketVerdict.OTHER_HOLDER);
    }

    @Test
    void aTicketThatAnotherKeySignedIsRefused() {
        StreamKey foreign = StreamKey.of(new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
        });
        assertRefused(
                holder -> foreign.ticket(terms(net.spec.id(), holder, true, true)),
                TicketVerdict.FORGED);
    }

    @Test
    void aTicketToRelayDoesNotLetOneWatchAndNeitherTheOtherWayRound() {
        assertRefused(
                holder -> net.key.ticket(terms(net.spec.id(), holder, false, true)),
                TicketVerdict.OTHER_RIGHT);
        net.tickets = holder -> net.key.ticket(terms(net.spec.id(), holder, true, false));
        Station relay = net.relay(3, source);
        net.stream(source, 2 * SECOND);
        assertThat(relay.stream.failure().orElse("")).contains("does not grant this");
        assertThat(relay.count(Counter.SYMBOLS_IN)).isZero();
    }

    @Test
    void everyNodeChecksByItselfAndTellsAStrangerNoMembers() {
        Station viewer = net.viewer(1.5, source);
        net.stream(source, SECOND);
        Stranger stranger = net.stranger().link(viewer);
        net.stream(source, SECOND);
        assertThat(stranger.heard(Welcome.class)).allMatch(w -> w.members().isEmpty());
        assertThat(stranger.heard(Members.class)).isEmpty();
        assertThat(stranger.heard(Dismissal.class))
                .containsExactly(new Dismissal(TicketVerdict.MISSING.code()));
        assertThat(viewer.count(Counter.TICKETS_REFUSED)).isEqualTo(1);
        assertThat(viewer.stream.links.openCount()).isEqualTo(1);
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }

    @Test
    void whoGreetsANodeWithoutATicketDoesNotDealWithIt() {
        net.tickets = holder -> null;
        Station outsider = net.viewer(1.5);
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS, LATER);
        Station viewer = net.viewer(1.5, outsider);
        net.run(SECOND);
        assertThat(viewer.count(Counter.TICKETS_REFUSED)).isPositive();
        assertThat(viewer.stream.links.openCount()).isZero();
        assertThat(outsider.stream.links.openCount()).isZero();
    }

    @Test
    void whoseClockIsSoSlowThatNoTicketHoldsYetIsTold() {
        Station relay = net.relay(3, source);
        net.run(SECOND);
        Station slow = net.viewer(1.5, relay);
        slow.tellTime(-100);
        net.stream(source, 16 * SECOND);
        assertThat(slow.stream.failure().orElse(""))
                .contains(TicketVerdict.NOT_YET_VALID.words(), "check this machine's clock");
    }

    @Test
    void aLinkThatHidesThatTheStreamIsClosedOpensNothing() {
        Station viewer = net.viewer(net.asOpen(), 1.5, source);
        net.stream(source, 2 * SECOND);
        assertThat(viewer.stream.failure().orElse("")).contains("closed to this node");
        assertThat(viewer.count(Counter.SYMBOLS_IN)).isZero();
    }

    @Test
    void supplyEndsWithTheTicketWithinASecondAndOthersNoticeNothing() {
        Station stays = net.viewer(1.5, source);
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS, net.unixSeconds() + 5);
        Station leaves = net.viewer(1.5, source);
        net.stream(source, 4 * SECOND);
        assertThat(leaves.figures().substreamsDown()).isEqualTo(net.spec.k());
        net.stream(source, 2 * SECOND);
        long symbols = leaves.count(Counter.SYMBOLS_IN);
        assertThat(leaves.stream.links.openCount()).isZero();
        assertThat(leaves.stream.failure().orElse("")).contains(ENDED);
        assertThat(source.stream.links.openCount()).isEqualTo(1);
        assertThat(source.count(Counter.TICKETS_EXPIRED)).isEqualTo(1);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(stays));
        assertThat(leaves.count(Counter.SYMBOLS_IN)).isEqualTo(symbols);
    }

    @Test
    void aHolderWhoseClockIsSlowIsCutOffByTheOthers() {
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS - 1_000, net.unixSeconds() + 3);
        Station slow = net.viewer(1.5, source);
        slow.tellTime(-900);
        net.stream(source, 5 * SECOND);
        assertThat(slow.stream.links.openCount()).isZero();
        assertThat(source.stream.receivers.all()).isEmpty();
        assertThat(slow.stream.failure().orElse("")).contains(TicketVerdict.EXPIRED.words());
    }

    @Test
    void whoRenewsItsTicketInTimePlaysOn() {
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS, net.unixSeconds() + 4);
        List<Station> viewers = net.viewers(3, 1.5, source);
        net.stream(source, 2 * SECOND);
        viewers.forEach(viewer -> viewer.renew(until(viewer, LATER)));
        net.assertAllPlayToTheEnd(source, 6 * SECOND, viewers);
        assertThat(source.count(Counter.TICKETS_EXPIRED)).isZero();
        assertThat(source.figures().receivers()).isNotEmpty();
    }

    @Test
    void aRenewedTicketIsSaidAgainForThoseWhoDidNotHearIt() {
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS, net.unixSeconds() + 6);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        int[] lost = {0};
        net.loss = (from, to, datagram) -> from == viewer.index && lost[0]++ < 1;
        viewer.renew(until(viewer, LATER));
        net.assertAllPlayToTheEnd(source, 8 * SECOND, List.of(viewer));
    }

    @Test
    void whatIsShownLaterCountsOnlyWhenItIsGood() {
        net.tickets = holder -> net.ticket(holder, UNIX_SECONDS, net.unixSeconds() + 4);
        Station viewer = net.viewer(1.5, source);
        Stranger member = net.stranger();
        member.ticket =
                net.ticket(member.key(), UNIX_SECONDS, net.unixSeconds() + 3).bytes();
        member.link(source);
        assertThat(source.stream.links.openCount()).isEqualTo(2);
        member.say(new Shown(new byte[0]));
        member.say(new Shown(new byte[142]));
        member.say(new Shown(until(viewer, LATER).bytes()));
        net.stream(source, 2 * SECOND);
        assertThat(source.count(Counter.TICKETS_REFUSED)).isEqualTo(1);
        net.stream(source, 2 * SECOND);
        assertThat(member.heard(Dismissal.class))
                .containsExactly(new Dismissal(TicketVerdict.EXPIRED.code()));
    }

    @Test
    void aSourceThatRunsForDaysRenewsItsOwnTicket() {
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        for (int halfDays = 1; halfDays <= 8; halfDays++) {
            source.tellTime(halfDays * Access.OWN_SECONDS / 2 + 1);
            viewer.tellTime(halfDays * Access.OWN_SECONDS / 2 + 1);
            net.stream(source, SECOND);
        }
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
        assertThat(viewer.count(Counter.TICKETS_EXPIRED)).isZero();
    }
}
