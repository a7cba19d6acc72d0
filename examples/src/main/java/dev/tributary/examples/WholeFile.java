// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that whoever sees it sees whole: it is written beside and moved into place. */
final class WholeFile {
    private WholeFile() {}

    static void write(Path file, String text) throws IOException {
        Path absolute = file.toAbsolutePath();
        String name =
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid();
        Path beside = absolute.resolveSibling(name);
        try {
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            replace(beside, absolute);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException plainFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
