// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands together, over loopback and in real time. */
@Timeout(30)
class PublishAndWatchTest {
    /** Two seconds of the clip, and half a packet. */
    private static final int CLIP_BYTES = 1_600 * 188 + 94;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void twoViewersAndARelayGetTheWholeFile() throws Exception {
        byte[] clip = clip();
        Path input = Files.write(folder.resolve("clip.ts"), clip);
        Path link = folder.resolve("clip.link");
        Path stats = folder.resolve("stats.jsonl");
        Path first = folder.resolve("first.ts");
        Path second = folder.resolve("second.ts");

        CompletableFuture<Integer> publisher = start(
                "publish",
                "--input",
                input.toString(),
                "--listen",
                "127.0.0.1:0",
                "--delay",
                "1s",
                "--link-file",
                link.toString());
        waitFor(link, publisher);
        List<CompletableFuture<Integer>> others = List.of(
                start("relay", link.toString(), "--listen", "127.0.0.1:0"),
                start(
                        "watch",
                        link.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--output",
                        first.toString(),
                        "--stats-file",
                        stats.toString()),
                start(
                        "watch",
                        link.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--output",
                        second.toString()));

        for (CompletableFuture<Integer> each : others) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isZero();
        }
        assertThat(publisher.get(20, TimeUnit.SECONDS)).isZero();
        assertEndOf(clip, Files.readAllBytes(first));
        assertEndOf(clip, Files.readAllBytes(second));
        assertStats(stats, Files.size(first));
    }

    /** A viewer starts at a block boundary near the start, and misses nothing from there on. */
    private static void assertEndOf(byte[] clip, byte[] played) {
        assertThat(played.length).isGreaterThan(clip.length / 2);
        byte[] expected = Arrays.copyOfRange(clip, clip.length - played.length, clip.length);
        assertThat(Arrays.mismatch(played, expected)).isEqualTo(-1);
    }

    private static void assertStats(Path stats, long playedBytes) throws IOException {
        List<String> lines = Files.readAllLines(stats);
        JsonNode last = new ObjectMapper().readTree(lines.getLast());
        assertThat(last.get("final").asBoolean()).isTrue();
        assertThat(last.get("bytes_played").asLong()).isEqualTo(playedBytes);
        assertThat(last.get("output_written_bytes").asLong()).isEqualTo(playedBytes);
        assertThat(last.get("gap_blocks").asLong()).isZero();
    }

    private CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(
                () -> Tributary.run(new Interruption(), args), threads);
    }

    /** The link file appears whole, or the publisher ends with an error. */
    private static void waitFor(Path file, CompletableFuture<Integer> publisher) {
        while (!Files.exists(file)) {
            assertThat(publisher.isDone() || Thread.interrupted()).isFalse();
        }
    }

    private static byte[] clip() throws IOException {
        try (InputStream clip =
                Objects.requireNonNull(Tributary.class.getResourceAsStream("demo/demo.ts"))) {
            return clip.readNBytes(CLIP_BYTES);
        }
    }
}
