// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.CredentialFileException;
import dev.tributary.transport.KeyFile;
import dev.tributary.transport.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the file of a key. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a key, and prints its public half, alone, on standard output. A "
                + "broadcaster's lets a stream keep its link when it is published again; a ticket "
                + "to a closed stream is made out to that of a viewer or a relay.",
        footer = {
            "",
            "Only you can read the file. Whoever has it can publish in your name, and without it",
            "nobody can publish for the old links: keep a copy in a safe place.",
            "",
            "Examples:",
            "  tributary keygen news.key",
            "  tributary publish --key news.key --name news --listen 0.0.0.0:7000 --input film.ts",
            "  tributary keygen ann.key"
        })
final class KeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "where the key goes; must not be there yet")
    private Path file = Path.of("");

    @Option(
            names = "--force",
            description = "replace the file that is there; the key in it is lost")
    private boolean force;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (file.equals(Path.of("-"))) {
            throw Usage.wrong(spec, "a key is never printed; give the path of a file");
        }
        SigningKey key = SigningKey.fresh();
        try {
            if (force) {
                KeyFile.replace(file, key);
            } else {
                KeyFile.create(file, key);
            }
        } catch (FileAlreadyExistsException kept) {
            throw new CommandFailure("'" + file + "' is there already and is left as it is; choose"
                    + " another file, or lose what is in it by --force");
        } catch (CredentialFileException wrong) {
            throw new CommandFailure(String.valueOf(wrong.getMessage()));
        } catch (IOException failed) {
            throw new CommandFailure("cannot write the key file '" + file + "': "
                    + FileTrouble.reason(failed) + "; choose a folder that can be written");
        }
        System.out.println(key.publicText());
        Terminal.say("the key is in '" + file + "', for you alone; --key uses it");
        return 0;
    }
}
