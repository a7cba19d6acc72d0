// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.util.ArrayDeque;

/** The highest rate of an input over one second. */
final class PeakRate {
    private static final long WINDOW_NANOS = 1_000_000_000;

    private record Point(long nanos, long bytes) {}

    private final ArrayDeque<Point> window = new ArrayDeque<>();
    private long nanos;
    private long bytes;
    private double peak;

    PeakRate() {
        window.add(new Point(0, 0));
    }

    void add(long stretchBytes, long stretchNanos) {
        nanos += stretchNanos;
        bytes += stretchBytes;
        window.addLast(new Point(nanos, bytes));
        Point from = window.getFirst();
        while (nanos - from.nanos >= WINDOW_NANOS) {
            peak = Math.max(peak, rate(from));
            window.removeFirst();
            from = window.getFirst();
        }
    }

    long nanos() {
        return nanos;
    }

    /** Of less than a second: its average; 0 when no time has passed. */
    long bitsPerSecond() {
        boolean shorter = peak == 0 && nanos > 0;
        return Math.round(shorter ? bytes * 8e9 / nanos : peak);
    }

    private double rate(Point from) {
        return (bytes - from.bytes) * 8e9 / (nanos - from.nanos);
    }
}
