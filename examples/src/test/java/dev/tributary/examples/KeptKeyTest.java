// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A stream that is published again, each time by a process of its own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS) // it has no signals
class KeptKeyTest {
    private static final int GOOD = 0;
    private static final int ENOUGH_BYTES = 100_000;
    private static final String FRESH = "its key is fresh";

    @TempDir
    private Path folder = Path.of("");

    private Commands commands = new Commands(folder);

    @BeforeEach
    void begin() {
        commands = new Commands(folder);
    }

    @AfterEach
    void endAll() {
        commands.close();
    }

    /** Publishes the clip over and over at an address, and returns when the link file is there. */
    private CommandProcess publish(String listen, String link, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "publish", "--loop", "--input", commands.file("clip.ts"), "--delay", "500ms"));
        args.addAll(List.of("--listen", listen, "--link-file", commands.file(link)));
        args.addAll(List.of(more));
        CommandProcess publisher = commands.start(args.toArray(String[]::new));
        Shell.await(() -> Files.exists(folder.resolve(link)) || !publisher.running());
        assertThat(publisher.running()).as(publisher.messages()).isTrue();
        return publisher;
    }

    private static void end(CommandProcess process) throws Exception {
        process.signal("TERM");
        assertThat(process.code()).as(process.messages()).isEqualTo(GOOD);
    }

    private static String freeAddress() throws IOException {
        try (DatagramSocket free =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return "127.0.0.1:" + free.getLocalPort();
        }
    }

    @Test
    void theLinkOfTheFirstRunPlaysTheSecond() throws Exception {
        Files.write(folder.resolve("clip.ts"), Shell.clip(1_600 * 188));
        assertThat(Console.run("keygen", commands.file("news.key")).code()).isZero();
        String listen = freeAddress();
        CommandProcess first = publish(listen, "first.link", "--key", commands.file("news.key"));
        end(first);
        CommandProcess second = publish(listen, "second.link", "--key", commands.file("news.key"));
        CommandProcess viewer = commands.start(
                "watch", commands.file("first.link"), "--listen", "127.0.0.1:0", "--output", "-");
        Shell.await(() -> viewer.outputBytes() > ENOUGH_BYTES || !viewer.running());
        end(second);

        assertThat(viewer.code()).as(viewer.messages()).isEqualTo(GOOD);
        assertThat(viewer.outputBytes()).isGreaterThan(ENOUGH_BYTES);
        assertThat(viewer.messages()).contains("no gaps");
        String secret = Files.readString(folder.resolve("news.key")).split(":", -1)[1];
        for (CommandProcess publisher : List.of(first, second)) {
            assertThat(publisher.messages()).doesNotContain(secret).doesNotContain(FRESH);
            assertThat(publisher.output()).asString().doesNotContain(secret);
        }
    }

    @Test
    void withoutAKeyEachRunHasALinkOfItsOwnAndSaysSo() throws Exception {
        Files.write(folder.resolve("clip.ts"), Shell.clip(1_600 * 188));
        String listen = freeAddress();
        CommandProcess first = publish(listen, "first.link");
        end(first);
        CommandProcess second = publish(listen, "second.link");
        end(second);

        assertThat(Files.readString(folder.resolve("first.link")))
                .isNotEqualTo(Files.readString(folder.resolve("second.link")));
        for (CommandProcess publisher : List.of(first, second)) {
            assertThat(publisher.messages()).contains(FRESH).contains("tributary keygen");
        }
    }
}
