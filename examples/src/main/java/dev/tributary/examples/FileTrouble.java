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
        return switch (trouble) {
            case NoSuchFileException missing -> "there is no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(trouble.getMessage());
        };
    }
}
