// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.CredentialFileException;
import dev.tributary.transport.SigningKey;
import dev.tributary.transport.StreamTicket;
import dev.tributary.transport.TicketFile;
import dev.tributary.transport.TicketOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs a ticket to a closed stream. */
@Command(
        name = "ticket",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Signs a ticket that lets one node into a closed stream, and prints it, alone,"
                        + " on standard output.",
        footer = {
            "",
            "The node has a key of its own: whoever wants a ticket runs 'tributary keygen', keeps",
            "the file, and tells the public half that it printed. A ticket is no secret, for only",
            "the holder of that key can use it. With content keys it is one. When it ends, its",
            "holder is supplied no more.",
            "",
            "Examples:",
            "  tributary ticket --key news.key --name news --holder PUBLICHALF > ann.ticket",
            "  tributary ticket --key news.key --name news --holder PUBLICHALF --lasts 30d \\",
            "      --rights relay --output relay1.ticket",
            "  tributary ticket --key news.key --name news --holder PUBLICHALF \\",
            "      --from 2027-03-01T19:00:00Z --lasts 4h --output ann.ticket",
            "  tributary ticket --key news.key --name news --holder PUBLICHALF --content-keys \\",
            "      --output ann.ticket"
        })
final class TicketCommand implements Callable<Integer> {
    /** Clocks differ: a ticket from now on holds from a little earlier. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "the key that the stream is published under")
    private @Nullable Path keyFile;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "the stream's name, as for publish")
    private String name = "";

    @Option(
            names = "--holder",
            required = true,
            paramLabel = "KEY",
            description = "public half of the node's key, as its keygen printed it")
    private String holder = "";

    @Option(
            names = "--rights",
            paramLabel = "watch|relay|both",
            description = "what the holder may do (default: watch)")
    private String rights = "watch";

    @Option(
            names = "--content-keys",
            description = "bring the keys to an encrypted stream, for the hours in which it holds;"
                    + " the ticket is a secret of its holder then, and goes to --output only")
    private boolean contentKeys;

    @Option(
            names = "--lasts",
            paramLabel = "D",
            converter = Converters.OfDuration.class,
            description = "for how long it holds, such as 90m, 4h or 30d (default: 1d)")
    private Duration lasts = Duration.ofDays(1);

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "when it begins to hold, such as 2027-03-01T19:00:00Z (default: now, and"
                    + " five minutes earlier for clocks that are slow)")
    private @Nullable String from;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            description = "write the ticket here instead, whole at once")
    private @Nullable Path output;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        SigningKey key = Objects.requireNonNull(Keys.read(keyFile), "picocli requires it");
        StreamTicket ticket = ticket(key);
        if (output == null) {
            System.out.print(ticket.text());
        } else {
            write(output, ticket);
        }
        String granted = rights.equals("both") ? "watch and relay" : rights;
        Terminal.say("a ticket to '" + name + "' for " + holder + ": to " + granted + ", from "
                + ticket.from() + " to " + ticket.end()
                + (contentKeys ? ", with content keys: for the holder alone" : ""));
        return 0;
    }

    private StreamTicket ticket(SigningKey key) {
        boolean both = rights.equals("both");
        if (!both && !rights.equals("watch") && !rights.equals("relay")) {
            throw wrong("--rights must be watch, relay or both, not '" + rights + "'");
        }
        if (contentKeys && rights.equals("relay")) {
            throw wrong("--content-keys are for playing, and --rights relay does not grant that;"
                    + " leave one of them out");
        }
        if (contentKeys && output == null) {
            throw wrong("--content-keys needs --output: content keys are never printed");
        }
        if (lasts.toSeconds() < 1) {
            throw wrong("--lasts must be at least 1s, not " + lasts.toMillis() + "ms");
        }
        Instant begin = begin();
        Duration longer = from == null ? lasts.plus(CLOCKS_APART) : lasts;
        boolean watch = both || rights.equals("watch");
        boolean relay = both || rights.equals("relay");
        try {
            return key.ticket(
                    new TicketOrder(name, holder, watch, relay, contentKeys, begin, longer));
        } catch (IllegalArgumentException impossible) {
            throw wrong(impossible.getMessage() + "; change --holder, --from or --lasts");
        }
    }

    private Instant begin() {
        if (from == null) {
            return Instant.now().minus(CLOCKS_APART);
        }
        try {
            return Instant.parse(from);
        } catch (DateTimeParseException noTime) {
            throw wrong("--from must be a time in UTC such as 2027-03-01T19:00:00Z, not '" + from
                    + "'");
        }
    }

    private static void write(Path file, StreamTicket ticket) {
        try {
            if (ticket.hasContentKeys()) {
                TicketFile.write(file, ticket);
            } else {
                WholeFile.write(file, ticket.text());
            }
        } catch (CredentialFileException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            throw new CommandFailure("cannot write the ticket file '" + file + "': "
                    + FileTrouble.reason(failed) + "; choose a folder that can be written");
        }
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
