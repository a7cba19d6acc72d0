// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.trust.ContentKeys;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.Ticket;
import java.time.Instant;
import java.util.List;

/**
 * A ticket to a stream, made out to the key of one node. To a closed stream it is no secret, since
 * it helps the holder of that key only; to an encrypted one it brings the content keys of the time
 * in which it holds, and these are a secret.
 *
 * <p>As text it is a line of ASCII, {@code tributary-ticket-1:TICKET}, and with content keys a
 * second one, {@code tributary-content-1:KEYS}, both in base 32 as keys have it.
 */
public final class StreamTicket {
    private static final String FORM = "tributary-ticket-1:";
    private static final String CONTENT_FORM = "tributary-content-1:";

    private final Pass pass;

    StreamTicket(Pass pass) {
        this.pass = pass;
    }

    /**
     * Reads a ticket, whose signature is not looked at.
     *
     * @throws IllegalArgumentException if the text is none, or not whole; the message says which
     */
    public static StreamTicket parse(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith(FORM)) {
            throw new IllegalArgumentException("no ticket: it does not begin with " + FORM);
        }
        byte[] bytes = decoded(FORM, lines.getFirst());
        Ticket ticket = Ticket.decode(bytes, 0, bytes.length);
        boolean keyed = lines.size() == 2 && lines.get(1).startsWith(CONTENT_FORM);
        ContentKeys keys = keyed ? ContentKeys.decode(decoded(CONTENT_FORM, lines.get(1))) : null;
        if (ticket == null || lines.size() > (keyed ? 2 : 1) || (keyed && keys == null)) {
            throw new IllegalArgumentException("a ticket that is damaged or not whole");
        }
        return new StreamTicket(new Pass(ticket, keys));
    }

    private static byte[] decoded(String form, String line) {
        try {
            return Base32.decode(line.substring(form.length()));
        } catch (IllegalArgumentException notBase32) {
            return new byte[0];
        }
    }

    Pass pass() {
        return pass;
    }

    /** Whether it brings the keys to an encrypted stream, and so is a secret. */
    public boolean hasContentKeys() {
        return pass.content() != null;
    }

    /** Whether it is for the stream of a link; it may have ended, or be made out to another key. */
    public boolean isFor(StreamLink link) {
        return pass.ticket().terms().stream().equals(link.id());
    }

    /** From when on it holds. */
    public Instant from() {
        return Instant.ofEpochSecond(pass.ticket().terms().notBeforeSeconds());
    }

    /** The first moment at which it holds no more. */
    public Instant end() {
        return Instant.ofEpochSecond(pass.ticket().terms().endSeconds());
    }

    /** Its text, with the content keys if it has any. */
    public String text() {
        ContentKeys keys = pass.content();
        String line = FORM + Base32.encode(pass.ticket().bytes()) + "\n";
        return keys == null ? line : line + CONTENT_FORM + Base32.encode(keys.encode()) + "\n";
    }

    /** Whether it has content keys, and nothing of them. */
    @Override
    public String toString() {
        return "StreamTicket[from " + from() + " to " + end()
                + (hasContentKeys() ? ", with content keys]" : "]");
    }
}
