// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
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

    @Test
    void theHolderOfATicketPlaysAndNobodyElse() throws Exception {
        CommandProcess publisher = news().publish("--closed");
        assertThat(Files.readString(folder.resolve("news.link"))).contains("&closed=1&");
        news().ticketForAnn();
        CommandProcess viewer = news().watchAsAnn();
        Broadcast.awaitMedia(viewer, ENOUGH_BYTES);
        CommandProcess stranger = news().watch();
        assertThat(stranger.code()).isEqualTo(FAILED);
        assertThat(stranger.messages())
                .contains("'news' is a closed stream", "ask for a ticket")
                .doesNotContain("bug of ours");
        assertThat(Console.run("keygen", news().file("bob.key")).code()).isEqualTo(GOOD);
        CommandProcess thief = news().watch(
                        "--key", news().file("bob.key"), "--ticket", news().file("ann.ticket"));
        assertThat(thief.code()).isEqualTo(FAILED);
        assertThat(thief.messages())
                .contains("made out to another key, " + news().annsKey)
                .doesNotContain("bug of ours");
        publisher.signal("TERM");
        assertThat(viewer.code()).as(viewer.messages()).isEqualTo(GOOD);
        assertThat(viewer.messages()).contains("no gaps");
    }

    @Test
    void aTicketThatEndsEndsTheViewerUnlessItsFileHoldsTheNextOne() throws Exception {
        CommandProcess publisher = news().publish("--closed");
        news().ticketForAnn(
                        "--lasts", "6s", "--from", Instant.now().minusSeconds(1).toString());
        CommandProcess viewer = news().watchAsAnn();
        CommandProcess renewing = watchRenewing();
        Broadcast.awaitMedia(renewing, ENOUGH_BYTES);
        assertThat(viewer.code()).isEqualTo(FAILED);
        assertThat(viewer.messages()).contains("this node's ticket ended at");
        Broadcast.awaitMedia(renewing, renewing.outputBytes() + ENOUGH_BYTES);
        publisher.signal("TERM");
        assertThat(renewing.code()).as(renewing.messages()).isEqualTo(GOOD);
        assertThat(renewing.messages()).contains("no gaps");
    }

    /** Another node, whose ticket ends as early, and is replaced by one for longer. */
    private CommandProcess watchRenewing() throws IOException {
        String key = Console.run("keygen", news().file("eve.key")).output().strip();
        Path ticket = folder.resolve("eve.ticket");
        String from = Instant.now().minusSeconds(1).toString();
        assertThat(news().ticket(
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
                news().watch("--key", news().file("eve.key"), "--ticket", ticket.toString());
        Broadcast.awaitMedia(viewer, 0);
        assertThat(news().ticket("--holder", key, "--output", ticket.toString()).code())
                .isEqualTo(GOOD);
        return viewer;
    }

    @Test
    void aTicketIsPrintedAloneOrWritten() throws IOException {
        Console.Result printed =
                news().ticket("--holder", news().annsKey, "--rights", "both", "--lasts", "30d");
        assertThat(printed.code()).isEqualTo(GOOD);
        assertThat(printed.output()).startsWith("tributary-ticket-1:").hasLineCount(1);
        assertThat(printed.messages()).contains("'news'", news().annsKey, "to watch and relay");
        Console.Result written = news().ticket(
                        "--holder",
                        news().annsKey,
                        "--rights",
                        "relay",
                        "--output",
                        news().file("r.ticket"));
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
        assertWrong(news().ticket("--holder", "ann"), WRONG_USAGE, "the holder is no key");
        assertWrong(
                news().ticket("--holder", news().annsKey, "--rights", "all"),
                WRONG_USAGE,
                "watch, relay or both, not 'all'");
        assertWrong(
                news().ticket("--holder", news().annsKey, "--lasts", "10ms"),
                WRONG_USAGE,
                "at least 1s");
        assertWrong(
                news().ticket("--holder", news().annsKey, "--from", "noon"),
                WRONG_USAGE,
                "a time in UTC such as 2027-03-01T19:00:00Z");
        assertWrong(
                news().ticket("--holder", news().annsKey, "--from", "1969-01-01T00:00:00Z"),
                WRONG_USAGE,
                "after 1970");
        assertWrong(
                news().ticket("--holder", news().annsKey, "--output", news().file("nowhere/t")),
                FAILED,
                "cannot write the ticket file");
    }

    @Test
    void whatOpensNoClosedStreamIsSaid() throws IOException {
        assertWrong(
                Console.run("publish", "--input", news().file("clip.ts"), "--closed"),
                WRONG_USAGE,
                "--closed needs --key");
        Files.writeString(
                folder.resolve("news.link"),
                "tributary://" + news().annsKey
                        + "/news?k=8&n=32&symbol=1152&rate=2000000&delay=2000&closed=1"
                        + "&at=127.0.0.1:9");
        Files.writeString(folder.resolve("bad.ticket"), "tributary-ticket-1:abc");
        assertWrong(
                Console.run(
                        "watch", news().file("news.link"), "--ticket", news().file("bad.ticket")),
                FAILED,
                "damaged or not whole");
        assertWrong(
                Console.run("watch", news().file("news.link"), "--ticket", news().file("clip.ts")),
                FAILED,
                "holds no ticket");
        assertWrong(
                Console.run(
                        "relay", news().file("news.link"), "--ticket", news().file("none.ticket")),
                FAILED,
                "cannot read the ticket file");
        assertWrong(
                Console.run(
                        "watch", news().file("news.link").replace("news.link", "x"), "--key", "y"),
                FAILED,
                "neither a tributary:// link nor a file");
    }
}
