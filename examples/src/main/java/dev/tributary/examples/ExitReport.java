// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.output.OutputFailure;
import dev.tributary.transport.StreamStats;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last words of a viewer, and its exit code. */
final class ExitReport {
    private static final int GOOD = 0;
    private static final int LOST = 1;

    private ExitReport() {}

    /**
     * How the output ended.
     *
     * @param droppedBytes played but never written
     * @param flushed whether all that was played could be written in time
     */
    record OutputEnd(
            String name, Optional<OutputFailure> failure, long droppedBytes, boolean flushed) {}

    static int say(StreamStats stats, @Nullable String streamFailure, @Nullable OutputEnd output) {
        int code = output == null ? GOOD : sayOutput(output);
        if (streamFailure != null) {
            Terminal.say(streamFailure);
            code = LOST;
        }
        Terminal.say(summary(stats));
        return code;
    }

    static String summary(StreamStats stats) {
        String startup = stats.startupNanos() < 0
                ? "never started"
                : "start-up " + stats.startupNanos() / 1_000_000 + " ms";
        return String.format(
                Locale.ROOT,
                "played %d blocks (%.1f MB); %s; %d takeover(s); %s",
                stats.blocksPlayed(),
                stats.bytesPlayed() / 1e6,
                stats.gapBlocks() == 0 ? "no gaps" : stats.gapBlocks() + " blocks lost in gaps",
                stats.takeovers().size(),
                startup);
    }

    private static int sayOutput(OutputEnd output) {
        if (output.failure().isPresent()) {
            OutputFailure failure = output.failure().get();
            Terminal.say(failure.message());
            return failure.readerGone() ? GOOD : LOST;
        }
        if (output.droppedBytes() > 0) {
            Terminal.say(output.name() + " was too slow: " + output.droppedBytes()
                    + " bytes were dropped; give it a faster reader or disk");
            return LOST;
        }
        return output.flushed() ? GOOD : LOST;
    }
}
