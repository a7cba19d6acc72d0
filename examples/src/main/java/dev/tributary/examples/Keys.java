// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.CredentialFileException;
import dev.tributary.transport.KeyFile;
import dev.tributary.transport.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The key file that an option names. */
final class Keys {
    private Keys() {}

    /** The key in a file; null where no file was named. */
    static @Nullable SigningKey read(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            return KeyFile.read(file);
        } catch (CredentialFileException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            throw new CommandFailure("cannot read the key file '" + file + "': "
                    + FileTrouble.reason(failed) + "; give one that 'tributary keygen' made");
        }
    }
}
