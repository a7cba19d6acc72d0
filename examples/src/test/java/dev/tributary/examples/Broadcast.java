// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A stream named news that takes tickets, and Ann, who asks for one. All is in one folder. */
final class Broadcast implements AutoCloseable {
    private static final int GOOD = 0;

    private final Path folder;
    private final Commands commands;

    /** The public half of Ann's key. */
    final String annsKey;

    Broadcast(Path folder) throws IOException {
        this.folder = folder;
        commands = new Commands(folder);
        Files.write(folder.resolve("clip.ts"), Shell.clip(1_600 * 188));
        assertThat(Console.run("keygen", file("news.key")).code()).isEqualTo(GOOD);
        annsKey = Console.run("keygen", file("ann.key")).output().strip();
    }

    String file(String name) {
        return commands.file(name);
    }

    String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static String[] all(List<String> first, String... more) {
        List<String> args = new ArrayList<>(first);
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    /** Publishes the clip over and over, and returns when the link file is there. */
    CommandProcess publish(String... flags) throws IOException {
        List<String> usual = List.of(
                "publish",
                "--loop",
                "--input",
                file("clip.ts"),
                "--delay",
                "500ms",
                "--listen",
                "127.0.0.1:0",
                "--link-file",
                file("news.link"),
                "--key",
                file("news.key"),
                "--name",
                "news");
        CommandProcess publisher = commands.start(all(usual, flags));
        Shell.await(() -> Files.exists(folder.resolve("news.link")) || !publisher.running());
        assertThat(publisher.running()).as(publisher.messages()).isTrue();
        return publisher;
    }

    Console.Result ticket(String... more) {
        return Console.run(
                all(List.of("ticket", "--key", file("news.key"), "--name", "news"), more));
    }

    void ticketForAnn(String... more) {
        Console.Result made =
                ticket(all(List.of("--holder", annsKey, "--output", file("ann.ticket")), more));
        assertThat(made.code()).as(made.messages()).isEqualTo(GOOD);
    }

    CommandProcess watch(String... more) throws IOException {
        List<String> usual =
                List.of("watch", file("news.link"), "--listen", "127.0.0.1:0", "--output", "-");
        return commands.start(all(usual, more));
    }

    CommandProcess watchAsAnn(String... more) throws IOException {
        return watch(all(List.of("--key", file("ann.key"), "--ticket", file("ann.ticket")), more));
    }

    static void awaitMedia(CommandProcess viewer, long bytes) {
        Shell.await(() -> viewer.outputBytes() > bytes || !viewer.running());
        assertThat(viewer.running()).as(viewer.messages()).isTrue();
    }

    @Override
    public void close() {
        commands.close();
    }
}
