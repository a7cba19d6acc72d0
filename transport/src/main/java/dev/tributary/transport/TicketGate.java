// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.StreamSpec;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketCheck;
import dev.tributary.transport.trust.TicketRight;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.trust.TicketVerdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at our own ticket before others do, so that people learn at once what is wrong with it. */
final class TicketGate {
    private final StreamLink link;
    private final @Nullable SigningKey node;
    private final TicketRight right;
    private final TicketCheck check;

    TicketGate(StreamLink link, StreamSpec spec, Optional<SigningKey> node, TicketRight right) {
        this.link = link;
        this.node = node.orElse(null);
        this.right = right;
        check = new TicketCheck(spec.id(), spec.key());
    }

    /**
     * Whether this node may go in with a ticket, or without one.
     *
     * @return what to join with: nothing where nothing is needed
     * @throws StreamException that says why not, and what to do
     */
    @Nullable
    Pass pass(Optional<StreamTicket> shown, long unixSeconds) {
        boolean read = link.encrypted() && right == TicketRight.WATCH;
        if (!link.closed() && !read) {
            return null;
        }
        if (node == null || shown.isEmpty()) {
            throw new StreamException("'" + link.name() + "' is " + kind() + ": it takes a ticket,"
                    + " and the key of the node that the ticket is made out to. Make a key, tell"
                    + " the broadcaster its public half, and ask for a ticket");
        }
        Pass pass = shown.get().pass();
        Ticket ticket = pass.ticket();
        TicketVerdict verdict = check.verdict(ticket, node.publicKey(), right, unixSeconds);
        if (verdict != TicketVerdict.GOOD) {
            throw new StreamException("the ticket does not open '" + link.name() + "': "
                    + why(verdict, ticket.terms(), unixSeconds)
                    + "; ask the broadcaster for one that does, for the key " + node.publicText());
        }
        if (read && pass.content() == null) {
            throw new StreamException("the ticket opens '" + link.name() + "', and brings no"
                    + " content keys to play it; ask the broadcaster for one that does, for the"
                    + " key " + node.publicText());
        }
        return pass;
    }

    private String kind() {
        return link.closed() ? "a closed stream" : "an encrypted stream";
    }

    private String why(TicketVerdict verdict, TicketTerms terms, long unixSeconds) {
        return switch (verdict) {
            case OTHER_HOLDER ->
                "it is made out to another key, " + SigningKey.text(terms.holder());
            case OTHER_RIGHT ->
                "it does not grant to " + (right == TicketRight.WATCH ? "watch" : "relay");
            case NOT_YET_VALID ->
                "it holds from " + Instant.ofEpochSecond(terms.notBeforeSeconds())
                        + " on, and this machine's clock shows "
                        + Instant.ofEpochSecond(unixSeconds);
            case EXPIRED -> "it ended at " + Instant.ofEpochSecond(terms.endSeconds());
            default -> verdict.words();
        };
    }
}
