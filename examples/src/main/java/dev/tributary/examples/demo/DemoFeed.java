// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.examples.media.BlockSink;
import dev.tributary.examples.media.ByteSink;
import dev.tributary.examples.media.PaceClock;
import dev.tributary.examples.media.Pacer;
import dev.tributary.examples.media.Stretch;
import dev.tributary.examples.media.StretchSource;
import dev.tributary.examples.media.TsScanner;
import dev.tributary.transport.Publication;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes the looped clip in real time for a given number of seconds, on a thread of its own. */
final class DemoFeed {
    private final StretchSource clip;
    private final Publication publication;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long leftNanos;
    private long bytes;

    DemoFeed(StretchSource clip, Publication publication, int seconds) {
        this.clip = clip;
        this.publication = publication;
        this.leftNanos = seconds * 1_000_000_000L;
    }

    /** Completes with the number of bytes published once the last one is. */
    CompletableFuture<Long> start() {
        Thread.ofPlatform().daemon().name("feed").start(this::run);
        return done;
    }

    private void run() {
        ByteSink sink = new TsScanner(BlockSink.of(publication), Swarm.blockBytes());
        try {
            Pacer.ofTs(PaceClock.system(), sink).run(new Limited());
            done.complete(bytes);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            done.completeExceptionally(failed);
        }
    }

    /** The clip until the time is up. */
    private final class Limited implements StretchSource {
        @Override
        public @Nullable Stretch next() throws IOException {
            if (leftNanos <= 0) {
                return null;
            }
            Stretch stretch = clip.next();
            if (stretch != null) {
                leftNanos -= stretch.durationNanos();
                bytes += stretch.length();
            }
            return stretch;
        }

        @Override
        public void close() throws IOException {
            clip.close();
        }
    }
}
