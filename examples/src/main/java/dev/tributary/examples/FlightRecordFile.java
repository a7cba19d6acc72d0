// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.TributaryNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a node's flight recorder holds, added to a file; when it fails, the stream goes on. */
final class FlightRecordFile implements AutoCloseable {
    private final Path path;
    private final BufferedWriter writer;
    private String newest = "";
    private boolean failed;

    private FlightRecordFile(Path path, BufferedWriter writer) {
        this.path = path;
        this.writer = writer;
    }

    /** The file is made, or emptied. */
    static FlightRecordFile create(Path path) {
        try {
            return new FlightRecordFile(
                    path, Files.newBufferedWriter(path, StandardCharsets.UTF_8));
        } catch (IOException refused) {
            throw new CommandFailure("cannot write the flight record '" + path + "': "
                    + FileTrouble.reason(refused)
                    + "; choose a --record-file in a folder that can be written");
        }
    }

    /** Adds what was recorded since the last time. */
    void add(TributaryNode node) {
        try {
            add(node.flightRecord().lines().toList());
        } catch (IllegalStateException nodeFailed) {
            // The node's own report of its failure holds the record.
        }
    }

    synchronized void add(List<String> lines) {
        if (failed) {
            return;
        }
        try {
            for (String line : lines.subList(lines.lastIndexOf(newest) + 1, lines.size())) {
                writer.write(line);
                writer.write('\n');
                newest = line;
            }
            writer.flush();
        } catch (IOException problem) {
            failed = true;
            Terminal.say("the flight record ends here, '" + path + "' takes no more: "
                    + problem.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException problem) {
            if (!failed) {
                Terminal.say("the flight record '" + path + "' may lack its end: "
                        + problem.getMessage());
            }
        }
        failed = true;
    }
}
