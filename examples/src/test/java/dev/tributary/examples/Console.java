// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the command as a shell would, and keeps what it prints on standard error. */
final class Console {
    /** How a command ended, and its messages. */
    record Result(int code, String messages) {}

    private Console() {}

    static Result run(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
        try {
            int code = Tributary.run(new Interruption(), args);
            return new Result(code, messages.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }
}
