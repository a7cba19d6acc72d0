// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.Serial;

/** A command cannot go on; the message says what happened, why, and what to do. */
final class CommandFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }
}
