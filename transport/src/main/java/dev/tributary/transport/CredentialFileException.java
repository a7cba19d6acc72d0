// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.io.Serial;

/** A key's or a ticket's file that is not as it must be: which, why, and what to do. */
public final class CredentialFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    CredentialFileException(String message) {
        super(message);
    }
}
