// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says in words why a file cannot be published. */
final class InputFiles {
    private InputFiles() {}

    static void check(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new CommandFailure("cannot read '" + path + "': there is no such file; check the"
                    + " path given as --input");
        }
        if (Files.isDirectory(path)) {
            throw new CommandFailure(
                    "cannot read '" + path + "': it is a folder; give a file as --input");
        }
        if (!Files.isReadable(path)) {
            throw new CommandFailure("cannot read '" + path + "': permission denied; make it "
                    + "readable for this user");
        }
        if (Files.isRegularFile(path) && Files.size(path) == 0) {
            throw new CommandFailure("'" + path + "' is empty: there is nothing to publish");
        }
    }

    static CommandFailure withoutClock(Path path, boolean mpegTs) {
        String what = mpegTs ? "is MPEG-TS without clock references (PCR)" : "is not MPEG-TS";
        return new CommandFailure("'" + path + "' " + what + ", so its pace is not known; give"
                + " its rate, such as --bitrate 2M");
    }
}
