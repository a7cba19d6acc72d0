// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.StreamLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A stream link, given as text or as a file that holds it. */
final class LinkFile {
    private static final String SCHEME = "tributary://";
    private static final long MOST_BYTES = 64 << 10;

    private LinkFile() {}

    /**
     * Reads a link or the file of one.
     *
     * @throws IllegalArgumentException if a link given as text is wrong
     */
    static StreamLink read(String linkOrFile) {
        if (linkOrFile.startsWith(SCHEME)) {
            return StreamLink.parse(linkOrFile);
        }
        String text = content(linkOrFile).strip();
        try {
            return StreamLink.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailure(
                    "the file '" + linkOrFile + "' holds no stream link: " + wrong.getMessage());
        }
    }

    private static String content(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailure("the file '" + name + "' is too large for a stream link; "
                        + "give the file that publish --link-file wrote");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new CommandFailure("'" + name + "' is neither a " + SCHEME
                    + " link nor a file; give the link that publish printed, or the path of its"
                    + " --link-file");
        } catch (IllegalArgumentException noPath) {
            throw new CommandFailure("'" + name + "' is no path: " + noPath.getMessage());
        } catch (IOException failed) {
            throw new CommandFailure("cannot read the link file '" + name + "': "
                    + FileTrouble.reason(failed) + "; check the path and its permissions");
        }
    }
}
