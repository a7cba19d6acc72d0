// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.trust.Ticket;
import java.time.Instant;

/**
 * A ticket to a closed stream, made out to the key of one node; it is no secret, since it helps the
 * holder of that key only. As text it is one line of ASCII, {@code tributary-ticket-1:TICKET}, the
 * ticket in base 32 as keys have it.
 */
public final class StreamTicket {
    private static final String FORM = "tributary-ticket-1:";

    private final Ticket ticket;

    StreamTicket(Ticket ticket) {
        this.ticket = ticket;
    }

    /**
     * Reads a ticket, whose signature is not looked at.
     *
     * @throws IllegalArgumentException if the text is none, or not whole; the message says which
     */
    public static StreamTicket parse(String text) {
        String line = text.strip();
        if (!line.startsWith(FORM)) {
            throw new IllegalArgumentException("no ticket: it does not begin with " + FORM);
        }
        byte[] bytes = decoded(line.substring(FORM.length()));
        Ticket ticket = Ticket.decode(bytes, 0, bytes.length);
        if (ticket == null) {
            throw new IllegalArgumentException("a ticket that is damaged or not whole");
        }
        return new StreamTicket(ticket);
    }

    private static byte[] decoded(String base32) {
        try {
            return Base32.decode(base32);
        } catch (IllegalArgumentException notBase32) {
            return new byte[0];
        }
    }

    Ticket ticket() {
        return ticket;
    }

    /** Whether it is for the stream of a link; it may have ended, or be made out to another key. */
    public boolean isFor(StreamLink link) {
        return ticket.terms().stream().equals(link.id());
    }

    /** From when on it holds. */
    public Instant from() {
        return Instant.ofEpochSecond(ticket.terms().notBeforeSeconds());
    }

    /** The first moment at which it holds no more. */
    public Instant end() {
        return Instant.ofEpochSecond(ticket.terms().endSeconds());
    }

    /** The line of text. */
    @Override
    public String toString() {
        return FORM + Base32.encode(ticket.bytes());
    }
}
