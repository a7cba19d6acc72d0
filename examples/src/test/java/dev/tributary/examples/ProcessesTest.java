// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands as processes: what they print where, what signals do, and their exit codes. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS) // it has no signals
class ProcessesTest {
    private static final int GOOD = 0;
    private static final int ENOUGH_BYTES = 100_000;

    private final List<CommandProcess> processes = new ArrayList<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void endAll() {
        processes.forEach(CommandProcess::close);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    private CommandProcess start(String command, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(command, "--listen", "127.0.0.1:0"));
        args.addAll(List.of(more));
        CommandProcess process = CommandProcess.start(folder, args.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** Waits until the link is there. */
    private CommandProcess publish(String input, String... more) throws IOException {
        String link = file("live.link").toString();
        String[] all = Stream.concat(
                        Stream.of("--input", input, "--delay", "1s", "--link-file", link),
                        Stream.of(more))
                .toArray(String[]::new);
        CommandProcess publisher = start("publish", all);
        Shell.await(() -> Files.exists(file("live.link")) || !publisher.running());
        assertThat(publisher.running()).as(publisher.messages()).isTrue();
        return publisher;
    }

    private CommandProcess watch(String... more) throws IOException {
        String[] all = Stream.concat(Stream.of(file("live.link").toString()), Stream.of(more))
                .toArray(String[]::new);
        return start("watch", all);
    }

    private static void assertGood(CommandProcess process) throws InterruptedException {
        assertThat(process.code()).as(process.messages()).isEqualTo(GOOD);
    }

    @Test
    void theEndOfStandardInputEndsTheStreamAndStandardOutputsCarryNothingElse() throws Exception {
        CommandProcess publisher = publish("-", "--bitrate", "2M");
        InetSocketAddress entry =
                LinkFile.read(file("live.link").toString()).entries().getFirst();
        assertThatThrownBy(() -> new DatagramSocket(entry).close())
                .as("whoever has the link can be served")
                .isInstanceOf(BindException.class);
        Camera camera = new Camera(Shell.clip(1_600 * 188), publisher.input());
        CommandProcess viewer = watch("--output", "-");
        Shell.await(() -> viewer.outputBytes() > ENOUGH_BYTES || !viewer.running());
        byte[] filmed = camera.stop();
        publisher.input().close();

        assertGood(viewer);
        assertGood(publisher);
        assertThat(viewer.output().length).isGreaterThan(ENOUGH_BYTES);
        assertThat(Camera.isStretchOf(viewer.output(), filmed)).isTrue();
        assertThat(viewer.messages()).contains("no gaps");
        String link = Files.readString(file("live.link"));
        assertThat(link).startsWith("tributary://").hasLineCount(1);
        assertThat(publisher.output()).asString().isEqualTo(link);
    }

    @Test
    void datagramsArePublishedAsTheyComeUntilASignal() throws Exception {
        try (DatagramSocket sender = new DatagramSocket()) {
            InetSocketAddress input =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
            CommandProcess publisher =
                    publish("udp://127.0.0.1:" + input.getPort(), "--bitrate", "2M");
            Camera camera = new Camera(Shell.clip(1_600 * 188), into(sender, input));
            CommandProcess viewer = watch("--output", "-");
            Shell.await(() -> viewer.outputBytes() > ENOUGH_BYTES || !viewer.running());
            byte[] filmed = camera.stop();
            publisher.signal("TERM");

            assertGood(publisher);
            assertGood(viewer);
            assertThat(viewer.output().length).isGreaterThan(ENOUGH_BYTES);
            assertThat(Camera.isStretchOf(viewer.output(), filmed)).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    /** Seven packets a datagram, as encoders send them. */
    private static OutputStream into(DatagramSocket sender, InetSocketAddress to) {
        return new OutputStream() {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int at = 0; at < length; at += 7 * 188) {
                    int part = Math.min(7 * 188, length - at);
                    sender.send(new DatagramPacket(bytes, offset + at, part, to));
                }
            }

            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }
        };
    }

    @Test
    void aSignalEndsEveryCommandInGoodOrder() throws Exception {
        Path input = Files.write(file("clip.ts"), Shell.clip(1_600 * 188));
        CommandProcess publisher = publish(input.toString(), "--loop");
        CommandProcess relay = start("relay", file("live.link").toString());
        CommandProcess stays = watch("--output", "-");
        CommandProcess goes = watch(
                "--output",
                "-",
                "--stats-file",
                file("stats.jsonl").toString(),
                "--record-file",
                file("record.txt").toString());
        for (CommandProcess viewer : List.of(stays, goes)) {
            Shell.await(() -> viewer.outputBytes() > ENOUGH_BYTES || !viewer.running());
        }
        relay.signal("TERM");
        assertGood(relay);
        goes.signal("INT");
        assertGood(goes);
        assertThat(goes.messages())
                .as(() -> "its flight record: " + text("record.txt"))
                .contains("played", "no gaps");
        assertThat(Files.readAllLines(file("stats.jsonl")).getLast()).contains("\"final\":true");
        int played = stays.outputBytes();
        Shell.await(() -> stays.outputBytes() > played + ENOUGH_BYTES || !stays.running());
        publisher.signal("TERM");
        assertGood(publisher);
        assertGood(stays);
        assertThat(stays.messages()).contains("no gaps");
    }
}
