// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandErrorsTest {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"publish", "watch", "relay", "keygen", "demo"})
    void everyCommandHasHelpWithExamples(String command) {
        Console.Result help = Console.run(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("Examples:").contains("  tributary " + command + " ");
    }

    @Test
    void theHelpOfAllShowsEveryCommandAndExamples() {
        assertThat(Console.run("--help").output())
                .contains("Examples:")
                .contains("publish", "watch", "relay", "keygen", "demo");
    }

    @Test
    void noCommandAndAnUnknownCommandAreWrongUsage() {
        assertThat(Console.run().code()).isEqualTo(WRONG_USAGE);
        assertThat(Console.run("pulbish").code()).isEqualTo(WRONG_USAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "--k 9 --n 4, --n must be at least K",
        "--k 65, --k must be 1 to 64",
        "--n 256, --n must be 1 to 255",
        "--k x, --k",
        "--delay 2, 2s or 1500ms",
        "--delay 61s, 100ms to 60s",
        "--bitrate fast, 2M",
        "--upload-mbps 0, above 0",
        "--listen nowhere, HOST:PORT",
    })
    void wrongOptionsSayWhatIsRight(String options, String message) {
        String[] all = ("publish --input film.ts " + options).split(" ");
        Console.Result result = Console.run(all);

        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains(message).contains("--help");
    }

    @Test
    void aMissingFileIsNamed() {
        Console.Result result = publish(folder.resolve("none.ts").toString());

        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.messages()).contains("none.ts").contains("no such file");
    }

    @Test
    void aFolderIsNoInput() {
        assertThat(publish(folder.toString()).messages()).contains("it is a folder");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path secret = Files.write(folder.resolve("secret.ts"), new byte[1_000]);
        assumeTrue(secret.toFile().setReadable(false), "this file system has permissions");
        assumeFalse(Files.isReadable(secret), "a superuser may read everything");

        Console.Result result = publish(secret.toString());

        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.messages()).contains("secret.ts").contains("permission denied");
    }

    @Test
    void anEmptyFileIsNoInput() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.ts"));

        assertThat(publish(empty.toString()).messages()).contains("nothing to publish");
    }

    @Test
    void anInputWithoutAClockAsksForItsBitrate() throws IOException {
        Path text = Files.writeString(folder.resolve("words.txt"), "words ".repeat(1_000));

        Console.Result result = publish(text.toString());

        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.messages()).contains("is not MPEG-TS").contains("--bitrate 2M");
    }

    @Test
    void mpegTsWithoutReferencesAsksForItsBitrate() throws IOException {
        byte[] packets = new byte[188 * 50];
        for (int at = 0; at < packets.length; at += 188) {
            packets[at] = 0x47;
            packets[at + 1] = 0x1f;
            packets[at + 3] = 0x10;
        }
        Path ts = Files.write(folder.resolve("noclock.ts"), packets);

        assertThat(publish(ts.toString()).messages()).contains("(PCR)").contains("--bitrate 2M");
    }

    @Test
    void standardInputCannotBeLooped() {
        Console.Result result = Console.run("publish", "--input", "-", "--loop");

        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains("--loop needs a file");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("words.txt"), "words ".repeat(1_000));
        try (DatagramSocket taken =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Console.Result result = Console.run(
                    "publish", "--input", text.toString(), "--bitrate", "1M", "--listen", address);

            assertThat(result.code()).isEqualTo(FAILED);
            assertThat(result.messages()).contains(String.valueOf(taken.getLocalPort()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tributary://", "tributary://abc/x?k=8", "tributary://?"})
    void aWrongLinkIsRefused(String link) {
        Console.Result result = Console.run("watch", link);

        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains("stream link");
    }

    @Test
    void aLinkFileThatIsNotThereIsNamed() {
        Console.Result result = Console.run("watch", folder.resolve("none.link").toString());

        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.messages()).contains("none.link").contains("--link-file");
    }

    @Test
    void aFileWithoutALinkIsNamed() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.link"), "hello");

        Console.Result result = Console.run("relay", wrong.toString());

        assertThat(result.code()).isEqualTo(FAILED);
        assertThat(result.messages()).contains("wrong.link").contains("no stream link");
    }

    @Test
    void uploadCannotBeCappedAndOff() {
        Console.Result result =
                Console.run("watch", "tributary://x", "--no-upload", "--upload-mbps", "2");

        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains("exclude each other");
    }

    private static Console.Result publish(String input) {
        return Console.run("publish", "--input", input);
    }
}
