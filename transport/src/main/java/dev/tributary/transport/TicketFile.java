// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a {@link StreamTicket}, which holds its text. */
public final class TicketFile {
    /** The line has 247; a stranger's file need not be read to its end. */
    private static final int MOST_BYTES = 512;

    private TicketFile() {}

    /**
     * Reads a ticket.
     *
     * @throws TicketFileException if the file holds none that is whole
     * @throws IOException if it cannot be read
     */
    public static StreamTicket read(Path file) throws IOException {
        String text;
        try (InputStream bytes = Files.newInputStream(file)) {
            text = new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
        try {
            return StreamTicket.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new TicketFileException("'" + file + "' holds " + wrong.getMessage()
                    + "; copy it again as the broadcaster sent it");
        }
    }
}
