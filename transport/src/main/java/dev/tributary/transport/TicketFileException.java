// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.io.Serial;

/** A ticket file that is not as it must be: the message says which, why, and what to do. */
public final class TicketFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    TicketFileException(String message) {
        super(message);
    }
}
