// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.output.OutputFailure;
import dev.tributary.examples.output.OutputQueue;
import dev.tributary.examples.stats.OutputCounts;
import dev.tributary.transport.Gap;
import dev.tributary.transport.Media;
import dev.tributary.transport.MediaSink;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.StreamStats;
import dev.tributary.transport.Viewing;
import dev.tributary.transport.WatchOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a viewer: plays into a queue, keeps statistics, and ends in good order. */
final class Watching {
    /** What a slow output may lag behind: 8 s at 16 Mbit/s, a minute at 2 Mbit/s. */
    private static final int QUEUE_BYTES = 16 << 20;

    private static final long TICK_MILLIS = 1_000;
    private static final Duration FLUSH_AT_END = Duration.ofSeconds(10);
    private static final Duration FLUSH_ON_SIGNAL = Duration.ofMillis(400);

    private final StreamLink link;
    private final @Nullable OutputQueue output;
    private final @Nullable StatsLines statsLines;
    private final GapReport gaps = new GapReport();
    private final Silence silence = new Silence();
    private final CompletableFuture<Void> outputFailed = new CompletableFuture<>();

    private @Nullable LiveNode node;
    private @Nullable Viewing viewing;
    private @Nullable StreamStats latest;
    private boolean closed;

    private Watching(StreamLink link, OutputName outputName, @Nullable StatsLines statsLines) {
        this.link = link;
        this.statsLines = statsLines;
        this.output = outputName
                .open()
                .map(target ->
                        new OutputQueue(target, QUEUE_BYTES, () -> outputFailed.complete(null)))
                .map(OutputQueue::start)
                .orElse(null);
    }

    /** Opens the outputs: when they cannot be had, nobody is bothered with a viewer. */
    static Watching open(StreamLink link, OutputName outputName, @Nullable Path statsFile) {
        StatsLines lines = statsFile == null ? null : StatsLines.create(statsFile, link.name());
        return new Watching(link, outputName, lines);
    }

    /** Watches to the end and returns the exit code. */
    int run(NodeChoices choices, Optional<Duration> delay, Credentials credentials)
            throws InterruptedException {
        CompletableFuture<Void> done;
        synchronized (this) {
            node = LiveNode.open(choices);
            WatchOptions options = new WatchOptions(delay, credentials.ticket(link));
            viewing = node.node().watch(link, options, sink());
            done = viewing.done().toCompletableFuture();
        }
        @Nullable String failure = await(done, credentials);
        return close(failure, FLUSH_AT_END);
    }

    /** On a signal: leaves, writes the last statistics, and says how it was. */
    void interrupt() {
        try {
            close(null, FLUSH_ON_SIGNAL);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private MediaSink sink() {
        return new MediaSink() {
            @Override
            public void onMedia(Media media) {
                silence.onMedia(System.nanoTime());
                if (output != null) {
                    output.offer(media.bytes(), media.offset(), media.length());
                }
            }

            @Override
            public void onGap(Gap gap) {
                gaps.add(gap);
            }

            @Override
            public void onEnd() {}
        };
    }

    /** Waits for the end of the stream or of the output; returns why the stream failed, if so. */
    private @Nullable String await(CompletableFuture<Void> done, Credentials credentials)
            throws InterruptedException {
        CompletableFuture<Object> end = CompletableFuture.anyOf(done, outputFailed);
        while (true) {
            try {
                end.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                return null;
            } catch (TimeoutException stillRunning) {
                tick(credentials);
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause();
                return cause == null ? failed.toString() : String.valueOf(cause.getMessage());
            }
        }
    }

    private synchronized void tick(Credentials credentials) {
        if (viewing != null && !closed) {
            credentials.renew(link, viewing::renew);
        }
        if (gaps.say() && node != null && !closed) {
            node.record();
        }
        String news = silence.news(System.nanoTime());
        if (!news.isEmpty()) {
            Terminal.say(news);
        }
        if (statsLines != null && viewing != null && !closed) {
            statsLines.write(false, snapshot(viewing), counts());
        }
    }

    /** Runs once, on the first end of any kind; returns the exit code. */
    private synchronized int close(@Nullable String streamFailure, Duration flush)
            throws InterruptedException {
        if (closed || node == null || viewing == null) {
            return 0;
        }
        closed = true;
        boolean flushed = output == null || output.finish(flush);
        StreamStats stats = snapshot(viewing);
        node.close();
        gaps.say();
        if (statsLines != null) {
            statsLines.write(true, stats, counts());
            statsLines.close();
        }
        return ExitReport.say(stats, streamFailure, outputEnd(flushed));
    }

    /** A node that has failed cannot tell, so what it told last must do. */
    private StreamStats snapshot(Viewing of) {
        try {
            latest = of.stats();
            return latest;
        } catch (IllegalStateException nodeFailed) {
            if (latest == null) {
                throw new CommandFailure(String.valueOf(nodeFailed.getMessage()));
            }
            return latest;
        }
    }

    private ExitReport.@Nullable OutputEnd outputEnd(boolean flushed) {
        if (output == null) {
            return null;
        }
        Optional<OutputFailure> failure = output.failure();
        return new ExitReport.OutputEnd(output.name(), failure, output.droppedBytes(), flushed);
    }

    private OutputCounts counts() {
        return output == null
                ? new OutputCounts(0, 0)
                : new OutputCounts(output.writtenBytes(), output.droppedBytes());
    }
}
