// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.transport.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands together, over loopback and in real time. */
@Timeout(40)
class PublishAndWatchTest {
    /** Two seconds of the clip, and half a packet. */
    private static final int CLIP_BYTES = 1_600 * 188 + 94;

    private static final String HERE = "127.0.0.1:0";

    private final Shell shell = new Shell();
    private byte[] clip = new byte[0];

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void cut() throws IOException {
        clip = Shell.clip(CLIP_BYTES);
        Files.write(input(), clip);
    }

    @AfterEach
    void stop() {
        shell.close();
    }

    private Path input() {
        return folder.resolve("clip.ts");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private CompletableFuture<Integer> publish(String... more) {
        return shell.publish(input(), folder.resolve("clip.link"), more);
    }

    private CompletableFuture<Integer> watch(String output, String... more) {
        List<String> args = new ArrayList<>(
                List.of("watch", file("clip.link"), "--listen", HERE, "--output", output));
        args.addAll(List.of(more));
        return shell.start(args.toArray(String[]::new));
    }

    @Test
    void twoViewersAndARelayGetTheWholeFile() throws Exception {
        CompletableFuture<Integer> publisher = publish("--delay", "1s");
        List<CompletableFuture<Integer>> others = List.of(
                shell.start("relay", file("clip.link"), "--listen", HERE),
                watch(file("first.ts"), "--stats-file", file("stats.jsonl")),
                watch(file("second.ts"), "--no-upload"));
        for (CompletableFuture<Integer> each : others) {
            assertThat(Shell.code(each)).isZero();
        }
        assertThat(Shell.code(publisher)).isZero();
        Shell.assertEndOf(clip, Files.readAllBytes(folder.resolve("first.ts")));
        Shell.assertEndOf(clip, Files.readAllBytes(folder.resolve("second.ts")));
        assertStats(stats("stats.jsonl"), Files.size(folder.resolve("first.ts")));
    }

    @Test
    void eachVerbWritesItsFlightRecord() throws Exception {
        CompletableFuture<Integer> publisher =
                publish("--delay", "500ms", "--record-file", file("source.record"));
        List<CompletableFuture<Integer>> all = List.of(
                publisher,
                shell.start(
                        "relay",
                        file("clip.link"),
                        "--listen",
                        HERE,
                        "--record-file",
                        file("relay.record")),
                watch(file("copy.ts"), "--record-file", file("viewer.record")));
        for (CompletableFuture<Integer> each : all) {
            assertThat(Shell.code(each)).isZero();
        }
        for (String record : List.of("source.record", "relay.record", "viewer.record")) {
            assertThat(folder.resolve(record)).content().as(record).contains("linked with");
        }
        assertThat(folder.resolve("viewer.record")).content().contains("plays from block");
    }

    private List<JsonNode> stats(String name) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private static void assertStats(List<JsonNode> lines, long playedBytes) {
        JsonNode last = lines.getLast();
        assertThat(last.get("final").asBoolean()).isTrue();
        assertThat(last.get("bytes_played").asLong()).isEqualTo(playedBytes);
        assertThat(last.get("output_written_bytes").asLong()).isEqualTo(playedBytes);
        assertThat(last.get("gap_blocks").asLong()).isZero();
        long supplied = 0;
        for (JsonNode supplier : last.get("bytes_by_supplier")) {
            supplied += supplier.get("bytes").asLong();
        }
        assertThat(supplied).as("bytes by all suppliers").isGreaterThanOrEqualTo(playedBytes);
        assertThat(last.at("/delay_ms/blocks").asLong())
                .isEqualTo(last.get("blocks_played").asLong());
        List<JsonNode> each = lines.subList(0, lines.size() - 1);
        assertThat(each).isNotEmpty().noneMatch(line -> line.get("final").asBoolean());
        assertThat(lines)
                .isSortedAccordingTo((a, b) ->
                        Long.compare(a.get("time_ms").asLong(), b.get("time_ms").asLong()));
    }

    @Test
    void aViewerWithADelayOfItsOwnPlaysNoEarlier() throws Exception {
        CompletableFuture<Integer> publisher = publish("--delay", "300ms");
        CompletableFuture<Integer> viewer =
                watch(file("late.ts"), "--delay", "2s", "--stats-file", file("late.jsonl"));
        assertThat(Shell.code(viewer)).isZero();
        assertThat(Shell.code(publisher)).isZero();
        Shell.assertEndOf(clip, Files.readAllBytes(folder.resolve("late.ts")));
        assertThat(stats("late.jsonl").getLast().at("/delay_ms/p50").asDouble())
                .isGreaterThan(1_900);
    }

    @Test
    void oneRelayCarriesSeveralStreams() throws Exception {
        CompletableFuture<Integer> one = publish("--name", "one");
        CompletableFuture<Integer> two = shell.publish(
                input(), folder.resolve("two.link"), "--name", "two", "--delay", "500ms");
        CompletableFuture<Integer> relay = shell.start(
                "relay",
                file("clip.link"),
                file("two.link"),
                "--listen",
                HERE,
                "--upload-mbps",
                "20");
        for (CompletableFuture<Integer> each : List.of(relay, one, two)) {
            assertThat(Shell.code(each)).isZero();
        }
    }

    @Test
    void aPlayerIsFedOverUdp() throws Exception {
        try (DatagramSocket player =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            player.setReceiveBufferSize(1 << 20);
            CompletableFuture<Integer> publisher = publish("--delay", "500ms");
            CompletableFuture<Integer> viewer = watch("udp://127.0.0.1:" + player.getLocalPort());
            assertThat(Shell.code(viewer)).isZero();
            assertThat(Shell.code(publisher)).isZero();
            Shell.assertEndOf(clip, received(player));
        }
    }

    private static byte[] received(DatagramSocket player) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        player.setSoTimeout(100);
        while (true) {
            try {
                player.receive(packet);
            } catch (SocketTimeoutException thatWasAll) {
                return bytes.toByteArray();
            }
            bytes.write(packet.getData(), 0, packet.getLength());
        }
    }

    @Test
    void aFullDiskEndsOneViewerAndNobodyElse() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has a disk that is full");
        CompletableFuture<Integer> publisher = publish("--delay", "500ms");
        CompletableFuture<Integer> whole = watch(file("whole.ts"));
        Console.Result full =
                Console.run("watch", file("clip.link"), "--listen", HERE, "--output", "/dev/full");

        assertThat(full.code()).isEqualTo(1);
        assertThat(full.messages()).contains("/dev/full").contains("make room");
        assertThat(Shell.code(whole)).isZero();
        assertThat(Shell.code(publisher)).isZero();
        Shell.assertEndOf(clip, Files.readAllBytes(folder.resolve("whole.ts")));
    }

    @Test
    void aLinkOfAnotherStreamAndAPortInUseAreRefusedWhileViewersPlayOn() throws Exception {
        CompletableFuture<Integer> publisher = publish("--delay", "500ms");
        CompletableFuture<Integer> whole = watch(file("whole.ts"));
        StreamLink link = LinkFile.read(file("clip.link"));
        String taken = "127.0.0.1:" + link.entries().getFirst().getPort();
        String other = link.toString().replaceFirst("/clip\\?", "/another?");

        Console.Result wrong = Console.run("watch", other, "--listen", HERE);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.messages()).contains("do not carry this stream").contains("fresh link");
        for (String command : List.of("watch", "relay")) {
            Console.Result inUse = Console.run(command, file("clip.link"), "--listen", taken);
            assertThat(inUse.code()).isEqualTo(1);
            assertThat(inUse.messages()).contains(taken).contains("choose another port");
        }
        assertThat(Shell.code(whole)).isZero();
        assertThat(Shell.code(publisher)).isZero();
        Shell.assertEndOf(clip, Files.readAllBytes(folder.resolve("whole.ts")));
    }
}
