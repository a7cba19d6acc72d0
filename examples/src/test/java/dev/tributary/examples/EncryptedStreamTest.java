// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An encrypted stream from its broadcaster to its viewers, and that no secret is seen anywhere. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // it has no signals, and its files have no mode
class EncryptedStreamTest {
    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int ENOUGH_BYTES = 100_000;

    @TempDir
    private Path folder = Path.of("");

    private @Nullable Broadcast made;

    @BeforeEach
    void make() throws IOException {
        made = new Broadcast(folder);
    }

    @AfterEach
    void endAll() {
        news().close();
    }

    private Broadcast news() {
        return requireNonNull(made);
    }

    /** Everything that a command wrote for people, and how it was called. */
    private static String seen(CommandProcess process) throws Exception {
        return process.messages() + new String(process.output(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theHolderOfContentKeysPlaysWhatWasPublishedAndNoSecretIsSeen() throws Exception {
        CommandProcess publisher = news().publish("--closed", "--encrypt");
        assertThat(news().text("news.link")).contains("&closed=1&encrypted=1&");
        news().ticketForAnn("--content-keys");
        CommandProcess viewer = news().watchAsAnn(
                        "--stats-file",
                        news().file("ann.jsonl"),
                        "--record-file",
                        news().file("ann.rec"));
        Broadcast.awaitMedia(viewer, ENOUGH_BYTES);
        String calls = publisher.commandLine() + viewer.commandLine();
        publisher.signal("TERM");
        assertThat(viewer.code()).as(viewer.messages()).isEqualTo(GOOD);
        assertThat(viewer.messages()).contains("no gaps");
        assertPlayed(viewer.output());

        List<String> secrets = new ArrayList<>();
        for (String file : List.of("news.key", "ann.key")) {
            secrets.add(news().text(file).split(":", -1)[1]);
        }
        String keys = news().text("ann.ticket").lines().toList().get(1).split(":", -1)[1];
        // Whole keys of one hour, wherever base 32 has cut them.
        secrets.add(keys.substring(10, 40));
        secrets.add(keys.substring(keys.length() - 30));
        String all = calls
                + seen(publisher)
                + viewer.messages()
                + news().text("news.link")
                + news().text("ann.jsonl")
                + news().text("ann.rec");
        assertThat(secrets).hasSize(4).allMatch(secret -> secret.length() >= 30);
        assertThat(secrets).noneMatch(all::contains);
    }

    /** What begins with a packet of the clip goes on as the clip does, over and over. */
    private static void assertPlayed(byte[] played) throws IOException {
        byte[] clip = Shell.clip(1_600 * 188);
        byte[] twice = Arrays.copyOf(clip, 2 * clip.length);
        System.arraycopy(clip, 0, twice, clip.length, clip.length);
        int length = Math.min(played.length, clip.length);
        boolean found = false;
        for (int at = 0; at < clip.length && !found; at += 188) {
            found = Arrays.equals(played, 0, length, twice, at, at + length);
        }
        assertThat(found).as("the clip was played").isTrue();
    }

    @Test
    void aTicketWithoutContentKeysOpensAndDoesNotPlay() throws Exception {
        news().publish("--closed", "--encrypt");
        news().ticketForAnn();
        CommandProcess viewer = news().watchAsAnn();
        assertThat(viewer.code()).isEqualTo(FAILED);
        assertThat(viewer.messages()).contains("brings no content keys", "ask the broadcaster");
    }

    @Test
    void aTicketWithContentKeysIsForItsHoldersEyesOnly() throws Exception {
        Console.Result printed = news().ticket("--holder", news().annsKey, "--content-keys");
        assertThat(printed.code()).isEqualTo(WRONG_USAGE);
        assertThat(printed.messages()).contains("--content-keys needs --output");
        Console.Result useless = news().ticket(
                        "--holder",
                        news().annsKey,
                        "--content-keys",
                        "--rights",
                        "relay",
                        "--output",
                        news().file("x"));
        assertThat(useless.code()).isEqualTo(WRONG_USAGE);
        assertThat(useless.messages()).contains("--rights relay does not grant that");

        news().ticketForAnn("--content-keys");
        Path ticket = folder.resolve("ann.ticket");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ticket)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(ticket, PosixFilePermissions.fromString("rw-r--r--"));
        news().publish("--encrypt");
        CommandProcess viewer = news().watchAsAnn();
        assertThat(viewer.code()).isEqualTo(FAILED);
        assertThat(viewer.messages())
                .contains(
                        "others than its owner may use the ticket with content keys", "chmod 600");
    }

    @Test
    void encryptionNeedsAKeyThatIsKept() {
        Console.Result result =
                Console.run("publish", "--input", news().file("clip.ts"), "--encrypt");
        assertThat(result.code()).isEqualTo(WRONG_USAGE);
        assertThat(result.messages()).contains("--encrypt needs --key");
    }
}
