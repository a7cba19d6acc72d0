// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs commands side by side in this process, each on a thread of its own. */
final class Shell implements AutoCloseable {
    private static final int MOST_SECONDS = 25;
    private static final long BETWEEN_NANOS = 5_000_000;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** The future gets the exit code. */
    CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(
                () -> Tributary.run(new Interruption(), args), threads);
    }

    /** Publishes a file and waits for its link file, which appears whole. */
    CompletableFuture<Integer> publish(Path input, Path link, String... more) {
        String[] usual = {
            "publish",
            "--input",
            input.toString(),
            "--listen",
            "127.0.0.1:0",
            "--link-file",
            link.toString()
        };
        String[] all = Arrays.copyOf(usual, usual.length + more.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        CompletableFuture<Integer> publisher = start(all);
        await(() -> Files.exists(link) || publisher.isDone());
        assertThat(publisher.isDone()).isFalse();
        return publisher;
    }

    static int code(CompletableFuture<Integer> command) throws Exception {
        return command.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** Until it is so, or the test's time is over. */
    static void await(BooleanSupplier wanted) {
        while (!wanted.getAsBoolean()) {
            LockSupport.parkNanos(BETWEEN_NANOS);
            assertThat(Thread.interrupted()).as("waited in vain").isFalse();
        }
    }

    /** The first so many bytes of the demo's clip. */
    static byte[] clip(int bytes) throws IOException {
        try (InputStream clip =
                Objects.requireNonNull(Tributary.class.getResourceAsStream("demo/demo.ts"))) {
            return clip.readNBytes(bytes);
        }
    }

    /** A viewer starts at a block boundary near the start, and misses nothing from there on. */
    static void assertEndOf(byte[] clip, byte[] played) {
        assertThat(played.length).isGreaterThan(clip.length / 2);
        byte[] expected = Arrays.copyOfRange(clip, clip.length - played.length, clip.length);
        assertThat(Arrays.mismatch(played, expected)).isEqualTo(-1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
