// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that run side by side in one folder, each in a process of its own. */
final class Commands implements AutoCloseable {
    private final Path folder;
    private final List<CommandProcess> processes = new ArrayList<>();

    Commands(Path folder) {
        this.folder = folder;
    }

    /** The path of a file in the folder. */
    String file(String name) {
        return folder.resolve(name).toString();
    }

    CommandProcess start(String... args) throws IOException {
        CommandProcess process = CommandProcess.start(folder, args);
        processes.add(process);
        return process;
    }

    /** Ends whatever still runs. */
    @Override
    public void close() {
        processes.forEach(CommandProcess::close);
    }
}
