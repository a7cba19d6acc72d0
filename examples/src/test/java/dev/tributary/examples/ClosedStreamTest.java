// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A closed stream as its broadcaster and its viewers handle it, each in a process of its own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // it has no signals, and its files have no mode
class ClosedStreamTest {
    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int ENOUGH_BYTES = 100_000;

    @TempDir
    private Path folder = Path.of("");

    private Commands commands = new Commands(folder);

    private String annsKey = "";

    @BeforeEach
    void makeKeys() throws IOException {
        commands = new Commands(folder);
        Files.write(folder.resolve("clip.ts"), Shell.clip(1_600 * 188));
        assertThat(Console.run("keygen", commands.file("news.key")).code()).isEqualTo(GOOD);
        annsKey = Console.run("keygen", commands.file("ann.key")).output().strip();
    }

    @AfterEach
    void endAll() {
        commands.close();
    }

    private CommandProcess publish() throws IOException {
        CommandProcess publisher = commands.start(
                "publish",
                "--loop",
                "--input",
                commands.file("clip.ts"),
                "--delay",
                "500ms",
                "--listen",
                "127.0.0.1:0",
                "--link-file",
                commands.file("news.link"),
                "--key",
                commands.file("news.key"),
                "--name",
                "news",
                "--closed");
        Shell.await(() -> Files.exists(folder.resolve("news.link")) || !publisher.running());
        assertThat(publisher.running()).as(publisher.messages()).isTrue();
        return publisher;
    }

    private Console.Result ticket(String... more) {
        List<String> args = new ArrayList<>(
                List.of("ticket", "--key", commands.file("news.key"), "--name", "news"));
        args.addAll(List.of(more));
        return Console.run(args.toArray(String[]::new));
    }

    private void ticketForAnn(String... more) {
        List<String> args = new ArrayList<>(
                List.of("--holder", annsKey, "--output", commands.file("ann.ticket")));
        args.addAll(List.of(more));
        Console.Result made = ticket(args.toArray(String[]::new));
        assertThat(made.code()).as(made.messages()).isEqualTo(GOOD);
    }

    private CommandProcess watch(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "watch", commands.file("news.link"), "--listen", "127.0.0.1:0", "--output", "-"));
        args.addAll(List.of(more));
        return commands.start(args.toArray(String[]::new));
    }

    private CommandProcess watchAsAnn() throws IOException {
        return watch("--key", commands.file("ann.key"), "--ticket", commands.file("ann.ticket"));
    }

    private static void awaitMedia(CommandProcess viewer, long bytes) {
        Shell.await(() -> viewer.outputBytes() > bytes || !viewer.running());
        assertThat(viewer.running()).as(viewer.messages()).isTrue();
    }

    @Test
    void theHolderOfATicketPlaysAndNobodyElse() throws Exception {
        CommandProcess publisher = publish();
        assertThat(Files.readString(folder.resolve("news.link"))).contains("&closed=1&");
        ticketForAnn();
        CommandProcess viewer = watchAsAnn();
        awaitMedia(viewer, ENOUGH_BYTES);
        CommandProcess stranger = watch();
        assertThat(stranger.code()).isEqualTo(FAILED);
        assertThat(stranger.messages())
                .contains("'news' is a closed stream", "ask for a ticket")
                .doesNotContain("bug of ours");
        assertThat(Console.run("keygen", commands.file("bob.key")).code()).isEqualTo(GOOD);
        CommandProcess thief =
                watch("--key", commands.file("bob.key"), "--ticket", commands.file("ann.ticket"));
        assertThat(thief.code()).isEqualTo(FAILED);
        assertThat(thief.messages())
                .contains("made out to another key, " + annsKey)
                .doesNotContain("bug of ours");
        publisher.signal("TERM");
        assertThat(viewer.code()).as(viewer.messages()).isEqualTo(GOOD);
        assertThat(viewer.messages()).contains("no gaps");
    }

    @Test
    void aTicketThatEndsEndsTheViewerUnlessItsFileHoldsTheNextOne() throws Exception {
        CommandProcess publisher = publish();
        ticketForAnn("--lasts", "6s", "--from", Instant.now().minusSeconds(1).toString());
        CommandProcess viewer = watchAsAnn();
        CommandProcess renewing = watchRenewing();
        awaitMedia(renewing, ENOUGH_BYTES);
        assertThat(viewer.code()).isEqualTo(FAILED);
        assertThat(viewer.messages()).contains("this node's ticket ended at");
        awaitMedia(renewing, renewing.outputBytes() + ENOUGH_BYTES);
        publisher.signal("TERM");
        assertThat(renewing.code()).as(renewing.messages()).isEqualTo(GOOD);
        assertThat(renewing.messages()).contains("no gaps");
    }

    /** Another node, whose ticket ends as early, and is replaced by one for longer. */
    private CommandProcess watchRenewing() throws IOException {
        String key = Console.run("keygen", commands.file("eve.key")).output().strip();
        Path ticket = folder.resolve("eve.ticket");
        String from = Instant.now().minusSeconds(1).toString();
        assertThat(ticket(
                                "--holder",
                                key,
                                "--output",
                                ticket.toString(),
                                "--lasts",
                                "5s",
                                "--from",
                                from)
                        .code())
                .isEqualTo(GOOD);
        CommandProcess viewer =
                watch("--key", commands.file("eve.key"), "--ticket", ticket.toString());
        awaitMedia(viewer, 0);
        assertThat(ticket("--holder", key, "--output", ticket.toString()).code())
                .isEqualTo(GOOD);
        return viewer;
    }

    @Test
    void aTicketIsPrintedAloneOrWritten() throws IOException {
        Console.Result printed = ticket("--holder", annsKey, "--rights", "both", "--lasts", "30d");
        assertThat(printed.code()).isEqualTo(GOOD);
        assertThat(printed.output()).startsWith("tributary-ticket-1:").hasLineCount(1);
        assertThat(printed.messages()).contains("'news'", annsKey, "to watch and relay");
        Console.Result written = ticket(
                "--holder", annsKey, "--rights", "relay", "--output", commands.file("r.ticket"));
        assertThat(written.output()).isEmpty();
        assertThat(written.messages()).contains("to relay, from");
        assertThat(Files.readString(folder.resolve("r.ticket"))).startsWith("tributary-ticket-1:");
    }

    private static void assertWrong(Console.Result result, int code, String... words) {
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.output()).isEmpty();
        assertThat(result.messages()).contains(words);
    }

    @Test
    void whatMakesNoTicketIsSaid() {
        assertWrong(ticket("--holder", "ann"), WRONG_USAGE, "the holder is no key");
        assertWrong(
                ticket("--holder", annsKey, "--rights", "all"),
                WRONG_USAGE,
                "watch, relay or both, not 'all'");
        assertWrong(ticket("--holder", annsKey, "--lasts", "10ms"), WRONG_USAGE, "at least 1s");
        assertWrong(
                ticket("--holder", annsKey, "--from", "noon"),
                WRONG_USAGE,
                "a time in UTC such as 2027-03-01T19:00:00Z");
        assertWrong(
                ticket("--holder", annsKey, "--from", "1969-01-01T00:00:00Z"),
                WRONG_USAGE,
                "after 1970");
        assertWrong(
                ticket("--holder", annsKey, "--output", commands.file("nowhere/t")),
                FAILED,
                "cannot write the ticket file");
    }

    @Test
    void whatOpensNoClosedStreamIsSaid() throws IOException {
        assertWrong(
                Console.run("publish", "--input", commands.file("clip.ts"), "--closed"),
                WRONG_USAGE,
                "--closed needs --key");
        Files.writeString(
                folder.resolve("news.link"),
                "tributary://" + annsKey
                        + "/news?k=8&n=32&symbol=1152&rate=2000000&delay=2000&closed=1"
                        + "&at=127.0.0.1:9");
        Files.writeString(folder.resolve("bad.ticket"), "tributary-ticket-1:abc");
        assertWrong(
                Console.run(
                        "watch",
                        commands.file("news.link"),
                        "--ticket",
                        commands.file("bad.ticket")),
                FAILED,
                "damaged or not whole");
        assertWrong(
                Console.run(
                        "watch", commands.file("news.link"), "--ticket", commands.file("clip.ts")),
                FAILED,
                "holds no ticket");
        assertWrong(
                Console.run(
                        "relay",
                        commands.file("news.link"),
                        "--ticket",
                        commands.file("none.ticket")),
                FAILED,
                "cannot read the ticket file");
        assertWrong(
                Console.run(
                        "watch",
                        commands.file("news.link").replace("news.link", "x"),
                        "--key",
                        "y"),
                FAILED,
                "neither a tributary:// link nor a file");
    }
}
