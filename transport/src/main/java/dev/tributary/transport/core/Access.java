// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketCheck;
import dev.tributary.transport.trust.TicketRight;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.trust.TicketVerdict;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message.Dismissal;
import dev.tributary.transport.wire.Message.Shown;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who may take part in a closed stream: shows our ticket to others, looks at theirs, and parts from
 * those whose ticket has ended. An open stream takes no ticket.
 */
final class Access {
    /**
     * A source makes its own ticket, for so long from now, and as long before, since clocks differ;
     * half as long from now it makes the next.
     */
    static final long OWN_SECONDS = 86_400;

    /** A newer ticket is said so often on each link: at once, and with what is reported next. */
    private static final int SHOWINGS = 5;

    /** On one link a signature is looked at once in this time. */
    private static final long LOOKS_APART_NANOS = 1_000_000_000L;

    private static final byte[] NO_TICKET = {};

    private final StreamNode stream;
    private final boolean closed;
    private final TicketCheck check;
    private @Nullable Ticket own;
    private @Nullable String dismissed;
    private @Nullable String refused;

    Access(StreamNode stream, @Nullable Pass pass) {
        this.stream = stream;
        own = pass == null ? null : pass.ticket();
        closed = stream.spec().closed();
        check = new TicketCheck(stream.spec().id(), stream.spec().key());
    }

    /** What we show in a handshake: our ticket, or nothing. */
    byte[] ticket() {
        return closed && own != null ? own.bytes() : NO_TICKET;
    }

    /** Why others closed their links to us, null when nobody did since the last good ticket. */
    @Nullable
    String dismissed() {
        return dismissed;
    }

    /** Why the last ticket of others that was not good was not, null while all were. */
    @Nullable
    String refused() {
        return refused;
    }

    /**
     * Looks at the ticket of a node that has proved to have a key.
     *
     * @return good when the node may take part, until {@link Link#ticketEnds}
     */
    TicketVerdict admit(long now, Link link, Bytes32 key, int role, byte[] shown) {
        link.key = key;
        if (!closed) {
            return TicketVerdict.GOOD;
        }
        Ticket ticket = Ticket.decode(shown, 0, shown.length);
        TicketVerdict verdict = ticket == null
                ? TicketVerdict.MISSING
                : check.verdict(ticket, key, right(Role.of(role)), seconds(now));
        if (ticket != null && verdict == TicketVerdict.GOOD) {
            link.ticketEnds = ticket.terms().endSeconds();
            dismissed = null;
        } else {
            stream.counters.add(Counter.TICKETS_REFUSED);
            refused = verdict.words();
        }
        return verdict;
    }

    private static TicketRight right(Role role) {
        return role == Role.VIEWER ? TicketRight.WATCH : TicketRight.RELAY;
    }

    private long seconds(long now) {
        return Math.floorDiv(stream.node().unixMillis(now), 1_000);
    }

    /** Tells a node that the stream is closed to it, and why, and closes the link. */
    void dismiss(long now, Link link, TicketVerdict verdict) {
        stream.post.send(link, new Dismissal(verdict.code()));
        String reason = "the stream is closed to it, for its ticket: " + verdict.words();
        stream.links.close(now, link, reason, link.substreams > 0);
    }

    /** The stream is closed to us, where that node is asked. */
    void onDismissal(long now, Link link, int verdict) {
        dismissed = TicketVerdict.words(verdict);
        Peer peer = link.peer;
        stream.links.close(now, link, "it dismissed us: " + dismissed, link.substreams > 0);
        if (peer != null) {
            stream.membership.left(peer);
        }
    }

    /** A node that we are linked with shows its next ticket, which may hold for longer. */
    void onShown(long now, Link link, Shown shown) {
        Bytes32 key = link.key;
        Peer peer = link.peer;
        Ticket ticket = Ticket.decode(shown.ticket(), 0, shown.ticket().length);
        boolean longer = ticket != null && ticket.terms().endSeconds() > link.ticketEnds;
        if (!closed || !longer || key == null || peer == null || now < link.ticketAgainAt) {
            return;
        }
        link.ticketAgainAt = now + LOOKS_APART_NANOS;
        admit(now, link, key, peer.role.code(), shown.ticket());
    }

    /** Our next ticket: shown on all links. */
    void renew(Ticket next) {
        own = next;
        dismissed = null;
        if (!closed) {
            return;
        }
        for (Link link : stream.links.open()) {
            link.showings = SHOWINGS - 1;
            stream.post.send(link, new Shown(next.bytes()));
        }
    }

    /** What is said with a report: our ticket while it may be new to the reader. */
    @Nullable
    Shown showing(Link link) {
        if (own == null || link.showings == 0) {
            return null;
        }
        link.showings--;
        return new Shown(own.bytes());
    }

    /** Once in a while: who may no longer take part is told so, and so are we. */
    void expire(long now) {
        long end = own == null ? 0 : own.terms().endSeconds();
        long seconds = seconds(now);
        if (own != null && stream.origin() == null && seconds >= end) {
            stream.entry.fail("this node's ticket ended at " + Instant.ofEpochSecond(end)
                    + ": ask the broadcaster for another, then join again");
        }
        if (!closed) {
            return;
        }
        for (Link link : new ArrayList<>(stream.links.open())) {
            if (seconds >= link.ticketEnds) {
                stream.counters.add(Counter.TICKETS_EXPIRED);
                dismiss(now, link, TicketVerdict.EXPIRED);
            }
        }
        Origin origin = stream.origin();
        if (origin != null && end - seconds < OWN_SECONDS / 2) {
            renew(origin.key().ticket(ownTerms(seconds)));
        }
    }

    /** The source takes part like everybody else. */
    private TicketTerms ownTerms(long seconds) {
        Bytes32 holder = stream.node().key().publicKey();
        long from = Math.max(0, seconds - OWN_SECONDS);
        return new TicketTerms(stream.spec().id(), holder, true, true, from, 2 * OWN_SECONDS);
    }
}
