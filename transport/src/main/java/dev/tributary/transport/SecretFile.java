// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A file of text that only its owner may use, and that is whole or not there. */
final class SecretFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private SecretFile() {}

    /** Its text, as far as there are not more bytes than this, without spaces around. */
    static String read(Path file, int mostBytes) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] text = bytes.readNBytes(mostBytes);
            return new String(text, StandardCharsets.ISO_8859_1).strip();
        }
    }

    /**
     * Looks whether others may use a file that turned out to hold a secret: nobody should be told
     * to change the mode of one that does not.
     *
     * @param what the file is, such as "key file"
     */
    static void requireOwnerOnly(Path file, String what) throws IOException {
        if (othersMayUse(file)) {
            throw new CredentialFileException("others than its owner may use the " + what + " '"
                    + file + "' ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + "); run: chmod 600 '" + file + "'");
        }
    }

    /** Writes a new file of mode 0600; fails where there is one, which is left as it is. */
    static void create(Path file, String text) throws IOException {
        requirePermissions(file);
        try (FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            try {
                // Some file systems, such as FAT, take the mode and forget it.
                if (othersMayUse(file)) {
                    throw unsafe(file);
                }
                write(channel, text);
            } catch (IOException failed) {
                Files.delete(file);
                throw failed;
            }
        }
    }

    /** Writes a file of mode 0600 in the place of another one, which stays when this fails. */
    static void replace(Path file, String text) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CredentialFileException("'" + file + "' is no plain file and is left as it"
                    + " is; choose another place");
        }
        Path absolute = file.toAbsolutePath();
        String name =
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid();
        Path beside = absolute.resolveSibling(name);
        create(beside, text);
        try {
            Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        // Links are given away at once, and a crash must not take their key.
        channel.force(true);
    }

    private static boolean othersMayUse(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }

    static void requirePermissions(Path file) throws CredentialFileException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw unsafe(file);
        }
    }

    private static CredentialFileException unsafe(Path file) {
        return new CredentialFileException("the file system of '" + file + "' keeps no permissions,"
                + " so no key is safe there; choose another place for it");
    }
}
