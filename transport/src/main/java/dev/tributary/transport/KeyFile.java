// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The file of a {@link SigningKey}, which only its owner may use. It is one line of ASCII,
 * {@code tributary-key-1:SEED:PUBLIC}: the Ed25519 seed and the public key, each 32 bytes in base
 * 32 as stream links have it. The public key shows damage, which would otherwise be another key.
 */
public final class KeyFile {
    private static final String FORM = "tributary-key-1:";

    /** The line has 121; a stranger's file need not be read to its end. */
    private static final int MOST_BYTES = 256;

    private KeyFile() {}

    /**
     * Reads a key.
     *
     * @throws CredentialFileException if the file holds no whole key, or others than its owner may
     *     use it
     * @throws IOException if it cannot be read
     */
    public static SigningKey read(Path file) throws IOException {
        SecretFile.requirePermissions(file);
        SigningKey key = parse(file, SecretFile.read(file, MOST_BYTES));
        SecretFile.requireOwnerOnly(file, "key file");
        return key;
    }

    /**
     * Writes a key to a new file of mode 0600.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file, which is left as it is
     * @throws IOException if it cannot be written; then there is no file
     */
    public static void create(Path file, SigningKey key) throws IOException {
        SecretFile.create(file, line(key));
    }

    /**
     * Writes a key in the place of another file, or to a new one. The old key is lost.
     *
     * @throws IOException if it cannot be written; then the old file is still there
     */
    public static void replace(Path file, SigningKey key) throws IOException {
        SecretFile.replace(file, line(key));
    }

    private static String line(SigningKey key) {
        return FORM + key.secretText() + ":" + key.publicText() + "\n";
    }

    private static SigningKey parse(Path file, String text) throws CredentialFileException {
        if (!text.startsWith(FORM)) {
            throw new CredentialFileException(
                    "'" + file + "' is no key file: it does not begin with " + FORM
                            + "; give one that 'tributary keygen' made");
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
        throw new CredentialFileException(
                "the key file '" + file + "' is damaged or not whole; restore it"
                        + " from a copy, since a new key makes another stream");
    }
}
