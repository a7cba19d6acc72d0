// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A broadcaster's key as the commands make, keep and refuse it. */
@DisabledOnOs(OS.WINDOWS) // its files have no mode
class KeygenCommandTest {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    private Path key() {
        return folder.resolve("news.key");
    }

    private void mode(String permissions) throws IOException {
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString(permissions));
    }

    /** The secret half as the file has it. */
    private String secret() throws IOException {
        return Files.readString(key()).split(":", -1)[1];
    }

    private Console.Result keygen(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "keygen";
        args[1] = key().toString();
        System.arraycopy(more, 0, args, 2, more.length);
        return Console.run(args);
    }

    private Console.Result publish() throws IOException {
        Path input = Files.write(folder.resolve("clip.ts"), Shell.clip(188));
        return Console.run("publish", "--input", input.toString(), "--key", key().toString());
    }

    private static void assertFailed(Console.Result result, String... words) {
        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.output()).isEmpty();
        assertThat(result.messages()).contains(words).hasLineCount(1);
    }

    @Test
    void thePublicHalfIsPrintedAloneAndTheSecretNowhere() throws IOException {
        Console.Result result = keygen();

        assertThat(result.code()).isZero();
        assertThat(Files.readString(key())).endsWith(":" + result.output());
        assertThat(result.output()).hasSize(53);
        assertThat(result.messages()).contains("news.key").doesNotContain(secret());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatIsThereIsOnlyReplacedByForce() throws IOException {
        keygen();
        String first = secret();

        assertFailed(keygen(), "news.key", "already", "--force");
        assertThat(secret()).isEqualTo(first);
        assertThat(keygen("--force").code()).isZero();
        assertThat(secret()).isNotEqualTo(first);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        String nowhere = folder.resolve("none").resolve("news.key").toString();
        assertFailed(Console.run("keygen", nowhere), nowhere, "no such file or folder");

        Files.createDirectory(key());
        assertFailed(keygen("--force"), "news.key", "no plain file");
    }

    @Test
    void standardOutputIsNoPlaceForAKey() {
        Console.Result result = Console.run("keygen", "-");

        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains("never printed");
    }

    @Test
    void aKeyThatOthersMayReadIsNotUsed() throws IOException {
        keygen();
        mode("rw-r-----");

        Console.Result result = publish();
        assertFailed(result, "news.key", "rw-r-----", "chmod 600");
        assertThat(result.messages()).doesNotContain(secret());
    }

    @Test
    void aKeyThatIsMissingForeignOrDamagedIsNamed() throws IOException {
        assertFailed(publish(), "news.key", "no such file", "tributary keygen");

        Files.writeString(key(), "hello");
        assertFailed(publish(), "news.key", "is no key file", "tributary keygen");

        keygen("--force");
        String secret = secret();
        Files.writeString(key(), Files.readString(key()).substring(0, 80));
        Console.Result damaged = publish();
        assertFailed(damaged, "news.key", "damaged or not whole");
        assertThat(damaged.messages()).doesNotContain(secret.substring(0, 8));
    }

    @Test
    void aFolderIsNoKey() throws IOException {
        Files.createDirectory(key());

        assertFailed(publish(), "news.key", "cannot read the key file");
    }

    @Test
    void aKeyThatMayNotBeReadIsNamed() throws IOException {
        keygen();
        mode("-w-------");
        assumeFalse(Files.isReadable(key()), "a superuser may read everything");
        assertFailed(publish(), "news.key", "permission denied");
    }
}
