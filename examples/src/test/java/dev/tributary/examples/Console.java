// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the command as a shell would, and keeps what it prints. */
final class Console {
    /** How a command ended, what it printed on standard output, and its messages. */
    record Result(int code, String output, String messages) {}

    private Console() {}

    static Result run(String... args) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
        try {
            int code = Tributary.run(new Interruption(), args);
            return new Result(
                    code,
                    output.toString(StandardCharsets.UTF_8),
                    messages.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }
}
