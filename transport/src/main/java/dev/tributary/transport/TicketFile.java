// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file of a {@link StreamTicket}, which holds its {@link StreamTicket#text}. With content keys
 * only its owner may use it.
 */
public final class TicketFile {
    /** Content keys of a year have less than half of it. */
    private static final int MOST_BYTES = 1 << 20;

    private TicketFile() {}

    /**
     * Reads a ticket.
     *
     * @throws CredentialFileException if the file holds none that is whole, or others than its
     *     owner may use the content keys in it
     * @throws IOException if it cannot be read
     */
    public static StreamTicket read(Path file) throws IOException {
        StreamTicket ticket;
        try {
            ticket = StreamTicket.parse(SecretFile.read(file, MOST_BYTES));
        } catch (IllegalArgumentException wrong) {
            throw new CredentialFileException("'" + file + "' holds " + wrong.getMessage()
                    + "; copy it again as the broadcaster sent it");
        }
        if (ticket.hasContentKeys()) {
            SecretFile.requirePermissions(file);
            SecretFile.requireOwnerOnly(file, "ticket with content keys");
        }
        return ticket;
    }

    /**
     * Writes a ticket to a file of mode 0600, in the place of what is there.
     *
     * @throws IOException if it cannot be written; then the old file is still there
     */
    public static void write(Path file, StreamTicket ticket) throws IOException {
        SecretFile.replace(file, ticket.text());
    }
}
