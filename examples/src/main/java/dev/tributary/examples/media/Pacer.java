// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes stretches to a sink in real time, in pieces of a few milliseconds. */
public final class Pacer {
    private static final long PIECE_NANOS = 8_000_000;

    /** Sleeping for less costs more wake-ups than it evens out. */
    private static final long SHORTEST_SLEEP_NANOS = 2_000_000;

    /** After so long a stop (a suspended machine) it goes on from now instead of catching up. */
    private static final long LONGEST_CATCH_UP_NANOS = 1_000_000_000;

    private final PaceClock clock;
    private final ByteSink sink;
    private final int grainBytes;
    private long dueNanos;

    private Pacer(PaceClock clock, ByteSink sink, int grainBytes) {
        this.clock = clock;
        this.sink = sink;
        this.grainBytes = grainBytes;
    }

    public static Pacer ofTs(PaceClock clock, ByteSink sink) {
        return new Pacer(clock, sink, TsPacket.SIZE);
    }

    public static Pacer ofBytes(PaceClock clock, ByteSink sink) {
        return new Pacer(clock, sink, 1);
    }

    /** Runs to the source's end; the sink is finished then. */
    public void run(StretchSource source) throws IOException, InterruptedException {
        dueNanos = clock.nanoTime();
        @Nullable Stretch stretch = source.next();
        while (stretch != null) {
            play(stretch);
            stretch = source.next();
        }
        sink.finish();
        waitUntilDue();
    }

    private void play(Stretch stretch) throws InterruptedException {
        long duration = stretch.durationNanos();
        int pieces = (int) Math.max(1, (duration + PIECE_NANOS - 1) / PIECE_NANOS);
        long startNanos = dueNanos;
        int written = 0;
        for (int i = 1; i <= pieces; i++) {
            int cut = i == pieces ? stretch.length() : cut(stretch.length(), i, pieces);
            startNanos += waitUntilDue();
            if (cut > written) {
                sink.write(stretch.bytes(), stretch.offset() + written, cut - written);
            }
            written = cut;
            dueNanos = startNanos + (long) ((double) duration * i / pieces);
        }
    }

    private int cut(int length, int piece, int pieces) {
        int even = (int) ((long) length * piece / pieces);
        return even - even % grainBytes;
    }

    /** Returns how far time was moved on after a long stop: mostly 0. */
    private long waitUntilDue() throws InterruptedException {
        long ahead = dueNanos - clock.nanoTime();
        if (ahead >= SHORTEST_SLEEP_NANOS) {
            clock.sleepUntil(dueNanos);
        } else if (ahead < -LONGEST_CATCH_UP_NANOS) {
            dueNanos -= ahead;
            return -ahead;
        }
        return 0;
    }
}
