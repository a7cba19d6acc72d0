// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What lets a node into closed streams. */
final class TicketMixin {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "be who this key says, made by keygen (default: somebody else each time)")
    private @Nullable Path keyFile;

    @Option(
            names = "--ticket",
            paramLabel = "FILE",
            description =
                    "show this ticket to a closed stream; it is for the key, and is read again "
                            + "when the file changes")
    private List<Path> ticketFiles = new ArrayList<>();

    Credentials read() {
        return Credentials.read(keyFile, ticketFiles);
    }
}
