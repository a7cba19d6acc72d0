// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.stats.OutputCounts;
import dev.tributary.examples.stats.StatsFile;
import dev.tributary.transport.StreamStats;
import java.io.IOException;
import java.nio.file.Path;

/** The statistics file of a run; when it fails, the stream goes on without it. */
final class StatsLines {
    private final Path path;
    private final StatsFile file;
    private final long startNanos = System.nanoTime();
    private boolean failed;

    private StatsLines(Path path, StatsFile file) {
        this.path = path;
        this.file = file;
    }

    static StatsLines create(Path path, String stream) {
        try {
            return new StatsLines(path, StatsFile.create(path, stream));
        } catch (IOException refused) {
            throw new CommandFailure("cannot write the statistics file '" + path + "': "
                    + FileTrouble.reason(refused)
                    + "; choose a --stats-file in a folder that can be written");
        }
    }

    void write(boolean last, StreamStats stats, OutputCounts output) {
        if (failed) {
            return;
        }
        try {
            long millis = (System.nanoTime() - startNanos) / 1_000_000;
            file.write(millis, last, stats, output);
        } catch (IOException problem) {
            failed = true;
            Terminal.say("the statistics end here, '" + path + "' takes no more: "
                    + problem.getMessage());
        }
    }

    void close() {
        try {
            file.close();
        } catch (IOException problem) {
            if (!failed) {
                Terminal.say("the statistics file '" + path + "' may lack its end: "
                        + problem.getMessage());
            }
        }
    }
}
