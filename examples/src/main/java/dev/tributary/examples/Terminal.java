// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Messages to people, and whether there is a person. */
public final class Terminal {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /** One line on standard error. */
    static void say(String message) {
        System.err.println("tributary: " + message);
    }

    public static boolean onStandardOutput() {
        return isTerminal(STANDARD_OUTPUT);
    }

    static boolean onStandardError() {
        return isTerminal(STANDARD_ERROR);
    }

    /** Asks /proc first: the JDK's console takes a tenth of a second to load. */
    private static boolean isTerminal(int descriptor) {
        if (Files.isDirectory(OPEN_FILES)) {
            try {
                String target = OPEN_FILES
                        .resolve(Integer.toString(descriptor))
                        .toRealPath()
                        .toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException notAFile) {
                return false;
            }
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
