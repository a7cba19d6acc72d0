// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.CredentialFileException;
import dev.tributary.transport.SigningKey;
import dev.tributary.transport.StreamException;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.StreamTicket;
import dev.tributary.transport.TicketFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The key of a node and its tickets to closed streams. A ticket's file may be replaced while the
 * node runs: the next ticket is shown before the last one ends.
 */
final class Credentials {
    private static final class Held {
        private final Path file;
        private StreamTicket ticket;
        private FileTime changed;

        Held(Path file, StreamTicket ticket, FileTime changed) {
            this.file = file;
            this.ticket = ticket;
            this.changed = changed;
        }
    }

    private final @Nullable SigningKey key;
    private final List<Held> tickets = new ArrayList<>();

    private Credentials(@Nullable SigningKey key) {
        this.key = key;
    }

    /** Reads them; a file that is not as it must be ends the command. */
    static Credentials read(@Nullable Path keyFile, List<Path> ticketFiles) {
        Credentials credentials = new Credentials(Keys.read(keyFile));
        for (Path file : ticketFiles) {
            try {
                FileTime changed = Files.getLastModifiedTime(file);
                credentials.tickets.add(new Held(file, TicketFile.read(file), changed));
            } catch (CredentialFileException wrong) {
                throw new CommandFailure(String.valueOf(wrong.getMessage()));
            } catch (IOException failed) {
                throw new CommandFailure("cannot read the ticket file '" + file + "': "
                        + FileTrouble.reason(failed)
                        + "; give one that 'tributary ticket' made for this node's key");
            }
        }
        return credentials;
    }

    /** Who the node is; null for nobody in particular. */
    @Nullable
    SigningKey key() {
        return key;
    }

    /** The ticket to a stream; where none is for it, whichever there is, to be told why not. */
    Optional<StreamTicket> ticket(StreamLink link) {
        return held(link).or(() -> tickets.stream().findFirst()).map(held -> held.ticket);
    }

    /** Hands over the ticket to a stream when its file has changed since this was last called. */
    void renew(StreamLink link, Consumer<StreamTicket> stream) {
        Optional<StreamTicket> next =
                held(link).filter(Credentials::changed).map(held -> held.ticket);
        try {
            next.ifPresent(stream);
        } catch (StreamException noGood) {
            Terminal.say(noGood.getMessage() + "; the last ticket stays in use");
        }
    }

    private Optional<Held> held(StreamLink link) {
        return tickets.stream().filter(held -> held.ticket.isFor(link)).findFirst();
    }

    private static boolean changed(Held held) {
        try {
            FileTime now = Files.getLastModifiedTime(held.file);
            if (now.equals(held.changed)) {
                return false;
            }
            held.changed = now;
            held.ticket = TicketFile.read(held.file);
            return true;
        } catch (IOException goneOrDamaged) {
            Terminal.say("the ticket file '" + held.file + "' cannot be read any more ("
                    + FileTrouble.reason(goneOrDamaged) + "); the last ticket stays in use");
            return false;
        }
    }
}
