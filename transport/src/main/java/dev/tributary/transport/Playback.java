// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.Playout;
import dev.tributary.transport.core.Role;
import dev.tributary.transport.core.StreamNode;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One stream at this node as the event loop sees it: its core, its sink, how it ends. */
final class Playback {
    /** No stream is played later than this; what is, counts as this. */
    private static final long MOST_NANOS = 120_000_000_000L;

    /** Delays are told in tenths of milliseconds. */
    private static final long LEAST_NANOS = 100_000;

    private static final int DIGITS = 3;

    /** Beyond the target delay, for the last repairs on slow paths. */
    private static final long GRACE_NANOS = 500_000_000;

    private final StreamNode stream;
    private final @Nullable MediaSink sink;
    private final Histogram delay = new Histogram(LEAST_NANOS, MOST_NANOS, DIGITS);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private long overNanos = -1;

    /** A relay and a source have no sink. */
    Playback(StreamNode stream, @Nullable MediaSink sink) {
        this.stream = stream;
        this.sink = sink;
    }

    StreamNode stream() {
        return stream;
    }

    Histogram delay() {
        return delay;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    /** Hands an item to the sink; a sink that throws gets no more. */
    void onPlayout(Playout item) {
        if (done.isDone()) {
            return;
        }
        try {
            pass(item);
        } catch (RuntimeException | Error broken) {
            fail(new StreamException("the media sink failed: " + broken, broken));
        }
    }

    /** Looks whether the core gave up, and whether a relay has served to the end. */
    void check(long now) {
        if (done.isDone()) {
            return;
        }
        stream.failure().ifPresent(why -> fail(new StreamException(why)));
        if (stream.role() == Role.RELAY && stream.over()) {
            overNanos = overNanos < 0 ? now : overNanos;
            if (now - overNanos >= restNanos()) {
                done.complete(null);
            }
        }
    }

    /** How long viewers may still ask for blocks once the stream is over. */
    long restNanos() {
        return stream.spec().delayNanos() + GRACE_NANOS;
    }

    void fail(StreamException problem) {
        done.completeExceptionally(problem);
    }

    private void pass(Playout item) {
        switch (item) {
            case Playout.Media media -> {
                delay.recordValue(Math.clamp(media.lagNanos(), 0, MOST_NANOS));
                if (sink != null) {
                    sink.onMedia(new Media(
                            media.block(),
                            media.bytes(),
                            0,
                            media.length(),
                            media.joinPoint(),
                            media.lagNanos()));
                }
            }
            case Playout.Gap gap -> {
                if (sink != null) {
                    sink.onGap(new Gap(gap.firstBlock(), gap.blocks(), gap.cause()));
                }
            }
            case Playout.End end -> {
                if (sink != null) {
                    sink.onEnd();
                }
                done.complete(null);
            }
        }
    }
}
