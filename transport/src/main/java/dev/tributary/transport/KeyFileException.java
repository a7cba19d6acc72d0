// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.io.Serial;

/** A key file that is not as it must be: the message says which, why, and what to do. */
public final class KeyFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    KeyFileException(String message) {
        super(message);
    }
}
