// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.trust.TicketRight;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody is told whose ticket does not open a stream, before anybody is greeted. */
class TicketGateTest {
    private static final Instant NOW = Instant.parse("2027-03-01T19:00:00Z");
    private static final SigningKey BROADCASTER = SigningKey.of(new byte[32]);
    private static final SigningKey ANN = SigningKey.fresh();

    private static StreamLink link(boolean closed) {
        InetSocketAddress entry = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
        return new StreamLink(
                BROADCASTER.publicKey(),
                "news",
                8,
                32,
                1_152,
                2_000_000,
                2_000,
                closed,
                false,
                List.of(entry));
    }

    private static void pass(Optional<StreamTicket> ticket, TicketRight right) {
        StreamLink link = link(true);
        new TicketGate(link, link.spec(Duration.ofSeconds(2)), Optional.of(ANN), right)
                .pass(ticket, NOW.getEpochSecond());
    }

    private static TicketOrder order(String name, SigningKey holder, Instant from) {
        return new TicketOrder(
                name, holder.publicText(), true, false, false, from, Duration.ofHours(1));
    }

    private static void assertRefused(StreamTicket ticket, TicketRight right, String... why) {
        assertThatThrownBy(() -> pass(Optional.of(ticket), right))
                .isInstanceOf(StreamException.class)
                .hasMessageContainingAll("does not open 'news'", "for the key " + ANN.publicText())
                .hasMessageContainingAll(why);
    }

    @Test
    void aTicketThatIsGoodPasses() {
        pass(Optional.of(BROADCASTER.ticket(order("news", ANN, NOW))), TicketRight.WATCH);
    }

    @Test
    void whatIsWrongWithATicketIsSaid() {
        StreamTicket good = BROADCASTER.ticket(order("news", ANN, NOW));
        assertRefused(good, TicketRight.RELAY, "does not grant to relay");
        SigningKey bob = SigningKey.fresh();
        assertRefused(
                BROADCASTER.ticket(order("news", bob, NOW)),
                TicketRight.WATCH,
                "made out to another key, " + bob.publicText());
        assertRefused(
                BROADCASTER.ticket(order("sports", ANN, NOW)),
                TicketRight.WATCH,
                "it is for another stream");
        assertRefused(
                BROADCASTER.ticket(order("news", ANN, NOW.plusSeconds(60))),
                TicketRight.WATCH,
                "holds from 2027-03-01T19:01:00Z on",
                "clock shows 2027-03-01T19:00:00Z");
        assertRefused(
                BROADCASTER.ticket(order("news", ANN, NOW.minusSeconds(3_600))),
                TicketRight.WATCH,
                "it ended at 2027-03-01T19:00:00Z");
        assertRefused(bob.ticket(order("news", ANN, NOW)), TicketRight.WATCH, "for another stream");
    }

    @Test
    void withoutATicketOrAKeyPeopleLearnHowToGetThem() {
        assertThatThrownBy(() -> pass(Optional.empty(), TicketRight.WATCH))
                .hasMessageContainingAll("'news' is a closed stream", "ask for a ticket");
    }

    @Test
    void anOpenStreamIsShownNothing() {
        StreamLink link = link(false);
        TicketGate gate = new TicketGate(
                link, link.spec(Duration.ofSeconds(2)), Optional.empty(), TicketRight.WATCH);
        StreamTicket ticket = BROADCASTER.ticket(order("news", ANN, NOW));
        assertThat(gate.pass(Optional.of(ticket), NOW.getEpochSecond())).isNull();
    }

    @Test
    void aTicketIsTextAndBack() {
        StreamTicket ticket = BROADCASTER.ticket(order("news", ANN, NOW));
        StreamTicket read = StreamTicket.parse(ticket.text());
        assertThat(read.text()).isEqualTo(ticket.text());
        assertThat(read.from()).isEqualTo(NOW);
        assertThat(read.end()).isEqualTo(NOW.plusSeconds(3_600));
        assertThat(read.isFor(link(true))).isTrue();
        String cut = ticket.text().substring(0, 100);
        assertThatThrownBy(() -> StreamTicket.parse(cut)).hasMessageContaining("not whole");
        assertThatThrownBy(() -> StreamTicket.parse("ann")).hasMessageContaining("does not begin");
    }

    @Test
    void closedIsPartOfALink() {
        assertThat(StreamLink.parse(link(true).toString()).closed()).isTrue();
        assertThat(link(false).toString()).doesNotContain("closed");
        assertThat(StreamLink.parse(link(false).toString()).closed()).isFalse();
        String twice = link(true).toString().replace("closed=1", "closed=1&closed=1");
        assertThatThrownBy(() -> StreamLink.parse(twice)).hasMessageContaining("occurs twice");
        String odd = link(true).toString().replace("closed=1", "closed=yes");
        assertThatThrownBy(() -> StreamLink.parse(odd)).hasMessageContaining("can only be 1");
    }
}
