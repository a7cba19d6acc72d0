// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.Serial;

/** A stream that cannot go on: the message says what happened and what to do. */
public final class StreamException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public StreamException(String message) {
        super(message);
    }

    public StreamException(String message, Throwable cause) {
        super(message, cause);
    }
}
