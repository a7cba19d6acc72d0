// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import java.io.IOException;
import java.util.Locale;

/**
 * Why an output takes no more.
 *
 * @param readerGone whether the program at the other end of a pipe was closed, which is its right
 */
public record OutputFailure(String message, boolean readerGone) {
    static OutputFailure of(String target, IOException failure) {
        String why = String.valueOf(failure.getMessage());
        String lower = why.toLowerCase(Locale.ROOT);
        if (lower.contains("broken pipe") || lower.contains("connection reset")) {
            return new OutputFailure("the reader of " + target + " has gone", true);
        }
        String advice = lower.contains("no space")
                ? "make room, or write to another disk with --output"
                : "check it, or choose another --output";
        return new OutputFailure("cannot write to " + target + ": " + why + "; " + advice, false);
    }
}
