// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.demo.DemoClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Publishes and watches two seconds of the clip in this process. The build runs it once to record
 * which classes the commands need, so that later starts take a third of the time (JEP 514).
 */
@Command(name = "train", hidden = true, description = "Exercises the commands once, for the build.")
final class TrainCommand implements Callable<Integer> {
    private static final int CLIP_BYTES = 300_000;
    private static final long LINK_PATIENCE_MILLIS = 5_000;
    private static final long LINK_LOOK_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("tributary-train");
        try {
            return train(folder);
        } finally {
            delete(folder);
        }
    }

    private static int train(Path folder) throws Exception {
        Path clip = folder.resolve("clip.ts");
        Files.write(clip, Arrays.copyOf(DemoClip.load().bytes(), CLIP_BYTES));
        String link = folder.resolve("clip.link").toString();
        String played = folder.resolve("played.ts").toString();
        String stats = folder.resolve("stats.jsonl").toString();
        String here = "127.0.0.1:0";
        CompletableFuture<Integer> publisher = start(
                "publish",
                "--input",
                clip.toString(),
                "--listen",
                here,
                "--delay",
                "1s",
                "--upload-mbps",
                "5",
                "--link-file",
                link);
        awaitFile(Path.of(link));
        List<CompletableFuture<Integer>> commands = List.of(
                publisher,
                start("relay", link, "--listen", here),
                start(
                        "watch",
                        link,
                        "--listen",
                        here,
                        "--upload-mbps",
                        "3",
                        "--output",
                        played,
                        "--stats-file",
                        stats));
        int worst = 0;
        for (CompletableFuture<Integer> command : commands) {
            worst = Math.max(worst, command.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return worst;
    }

    private static CompletableFuture<Integer> start(String... args) {
        return CompletableFuture.supplyAsync(
                () -> Tributary.run(new Interruption(), args), TrainCommand::onThread);
    }

    private static void onThread(Runnable task) {
        Thread.ofPlatform().daemon().start(task);
    }

    private static void awaitFile(Path file) throws InterruptedException, TimeoutException {
        for (long waited = 0; !Files.exists(file); waited += LINK_LOOK_MILLIS) {
            if (waited > LINK_PATIENCE_MILLIS) {
                throw new TimeoutException("no link came");
            }
            TimeUnit.MILLISECONDS.sleep(LINK_LOOK_MILLIS);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
