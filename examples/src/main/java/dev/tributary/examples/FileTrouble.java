// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file could not be used; the JDK's own messages are only names. */
final class FileTrouble {
    private FileTrouble() {}

    static String reason(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (trouble instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = trouble instanceof FileSystemException other ? other.getReason() : null;
        return reason != null ? reason : String.valueOf(trouble.getMessage());
    }
}
