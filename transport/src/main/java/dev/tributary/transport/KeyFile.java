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

/**
 * The file of a {@link SigningKey}, which only its owner may use. It is one line of ASCII,
 * {@code tributary-key-1:SEED:PUBLIC}: the Ed25519 seed and the public key, each 32 bytes in base
 * 32 as stream links have it. The public key shows damage, which would otherwise be another key.
 */
public final class KeyFile {
    private static final String FORM = "tributary-key-1:";

    /** The line has 121; a stranger's file need not be read to its end. */
    private static final int MOST_BYTES = 256;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OF_OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private KeyFile() {}

    /**
     * Reads a key.
     *
     * @throws KeyFileException if the file holds no whole key, or others than its owner may use it
     * @throws IOException if it cannot be read
     */
    public static SigningKey read(Path file) throws IOException {
        requirePermissions(file);
        String text;
        try (InputStream bytes = Files.newInputStream(file)) {
            text = new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
        SigningKey key = parse(file, text.strip());
        // Last, so that nobody is told to change the mode of a file that is no key.
        if (othersMayUse(file)) {
            throw new KeyFileException("others than its owner may use the key file '" + file + "' ("
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    + "); run: chmod 600 '" + file + "'");
        }
        return key;
    }

    /**
     * Writes a key to a new file of mode 0600.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file, which is left as it is
     * @throws IOException if it cannot be written; then there is no file
     */
    public static void create(Path file, SigningKey key) throws IOException {
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
                write(channel, FORM + key.secretText() + ":" + key.publicText() + "\n");
            } catch (IOException failed) {
                Files.delete(file);
                throw failed;
            }
        }
    }

    /**
     * Writes a key in the place of another file, or to a new one. The old key is lost.
     *
     * @throws IOException if it cannot be written; then the old file is still there
     */
    public static void replace(Path file, SigningKey key) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new KeyFileException("'" + file + "' is no plain file and is left as it is;"
                    + " choose another place for the key");
        }
        Path absolute = file.toAbsolutePath();
        String name =
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid();
        Path beside = absolute.resolveSibling(name);
        create(beside, key);
        try {
            Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        // Links are given away at once, and a crash must not take their key.
        channel.force(true);
    }

    private static SigningKey parse(Path file, String text) throws KeyFileException {
        if (!text.startsWith(FORM)) {
            throw new KeyFileException("'" + file + "' is no key file: it does not begin with "
                    + FORM + "; give one that 'tributary keygen' made");
        }
        String[] halves = text.substring(FORM.length()).split(":", -1);
        try {
            SigningKey key = SigningKey.of(Base32.decode(halves[0]));
            if (halves.length == 2 && key.publicText().equals(halves[1])) {
                return key;
            }
        } catch (IllegalArgumentException secret) {
            // Its message quotes the file.
        }
        throw new KeyFileException("the key file '" + file + "' is damaged or not whole; restore it"
                + " from a copy, since a new key makes another stream");
    }

    private static boolean othersMayUse(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }

    private static void requirePermissions(Path file) throws KeyFileException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw unsafe(file);
        }
    }

    private static KeyFileException unsafe(Path file) {
        return new KeyFileException("the file system of '" + file + "' keeps no permissions, so no"
                + " key is safe there; choose another place for it");
    }
}
