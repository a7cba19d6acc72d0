// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS) // its files have no mode
final class KeyFileTest {
    /** The first test of RFC 8032. */
    private static final SigningKey KEY = SigningKey.of(HexFormat.of()
            .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

    private static final String SEED = "tvq3dhpp7vngbouejl2jf3bmyrcetrljpmzgsglqhowaghfop5qa";
    private static final String LINE =
            "tributary-key-1:" + SEED + ":25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkena";

    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("news.key");
    }

    private Path fileOf(String text, String mode) throws IOException {
        Files.writeString(file(), text);
        return Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }

    private void assertNothingElseInTheFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aFileIsOneLineForItsOwnerAlone() throws IOException {
        KeyFile.create(file(), KEY);

        assertThat(Files.readString(file())).isEqualTo(LINE + "\n");
        assertThat(mode()).isEqualTo("rw-------");
    }

    @Test
    void aFreshKeyIsReadAsItWasWritten() throws IOException {
        SigningKey key = SigningKey.fresh();
        KeyFile.create(file(), key);

        assertThat(KeyFile.read(file()).secretText()).isEqualTo(key.secretText());
        assertThat(SigningKey.fresh().secretText()).isNotEqualTo(key.secretText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
    void theEndOfTheLineMayDiffer(String end) throws IOException {
        assertThat(KeyFile.read(fileOf(LINE + end, "r--------")).publicText())
                .isEqualTo(KEY.publicText());
    }

    @Test
    void aFileThatIsThereIsLeftAsItIs() throws IOException {
        Files.writeString(file(), "precious");

        assertThatThrownBy(() -> KeyFile.create(file(), KEY))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file())).isEqualTo("precious");
    }

    @Test
    void aReplacedFileIsForItsOwnerAloneAndNothingElseIsLeft() throws IOException {
        fileOf("old", "rw-rw-rw-");
        KeyFile.replace(file(), KEY);

        assertThat(Files.readString(file())).isEqualTo(LINE + "\n");
        assertThat(mode()).isEqualTo("rw-------");
        assertNothingElseInTheFolder();
    }

    @Test
    void whatIsNoPlainFileIsNotReplaced() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "precious");
        Files.createSymbolicLink(file(), other);

        assertThatThrownBy(() -> KeyFile.replace(file(), KEY))
                .isInstanceOf(CredentialFileException.class)
                .hasMessageContaining("is no plain file");
        assertThat(file()).isSymbolicLink();
        assertThat(Files.readString(other)).isEqualTo("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void aFileThatOthersMayUseIsRefused(String mode) throws IOException {
        Path open = fileOf(LINE, mode);

        assertThatThrownBy(() -> KeyFile.read(open))
                .isInstanceOf(CredentialFileException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600 '" + open + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tributary-key-2:a:b", "-----BEGIN PRIVATE KEY-----\nMC4CAQ"})
    void aForeignFileIsRefusedWithoutAWordAboutItsMode(String text) throws IOException {
        Path foreign = fileOf(text, "rw-r--r--");

        assertThatThrownBy(() -> KeyFile.read(foreign))
                .isInstanceOf(CredentialFileException.class)
                .hasMessageContaining("is no key file")
                .hasMessageNotContaining("chmod")
                .hasMessageNotContaining("MC4CAQ");
    }

    static Stream<String> damaged() {
        Stream<String> cut = IntStream.of(16, 17, 40, 68, 69, 100, LINE.length() - 1)
                .mapToObj(length -> LINE.substring(0, length));
        Stream<String> changed = Stream.of(
                LINE.replaceFirst("tvq3", "tvq4"),
                LINE.replaceFirst("25nj", "25nk"),
                LINE.replaceFirst("tvq3", "tv!3"),
                LINE + "a",
                LINE + ":",
                LINE + "\n" + LINE,
                "tributary-key-1:" + SEED,
                LINE + "x".repeat(1_000_000));
        return Stream.concat(cut, changed);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void aDamagedFileIsRefusedAndNotQuoted(String text) throws IOException {
        Path damaged = fileOf(text, "rw-------");

        assertThatThrownBy(() -> KeyFile.read(damaged))
                .isInstanceOf(CredentialFileException.class)
                .hasNoCause()
                .hasMessageContaining("damaged or not whole")
                .hasMessageNotContaining("tv")
                .hasMessageNotContaining("!");
    }

    @Test
    void aFileThatIsNotThereIsTheUsualException() {
        assertThatThrownBy(() -> KeyFile.read(file())).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> KeyFile.create(file().resolve("inside"), KEY))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileSystemWithoutPermissionsKeepsNoKey() throws IOException {
        URI archive = URI.create("jar:" + folder.resolve("keys.zip").toUri());
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path inside = zip.getPath("news.key");

            assertThatThrownBy(() -> KeyFile.create(inside, KEY))
                    .isInstanceOf(CredentialFileException.class)
                    .hasMessageContaining("keeps no permissions");
            assertThat(inside).doesNotExist();
            Files.writeString(inside, LINE);
            assertThatThrownBy(() -> KeyFile.read(inside))
                    .hasMessageContaining("keeps no permissions");
        }
    }

    @Test
    void aKeyShowsItsPublicHalfOnly() {
        assertThat(KEY)
                .hasToString("SigningKey[25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkena]");
    }

    @Test
    void theSeedIsCopied() {
        byte[] seed = new byte[32];
        SigningKey key = SigningKey.of(seed);
        seed[0] = 1;

        assertThat(key.secretText()).isEqualTo("a".repeat(52));
    }
}
