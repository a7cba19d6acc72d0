// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** A bounded ring of what happened and when, for whoever has to explain a gap afterwards. */
final class FlightRecorder {
    /** Half an hour of a quiet swarm, a minute of a wild one; some 200 KB. */
    private static final int LINES = 2_048;

    private record Line(long atNanos, String text) {}

    private final Deque<Line> lines = new ArrayDeque<>();
    private long startNanos = Long.MIN_VALUE;

    void note(long now, String text) {
        if (startNanos == Long.MIN_VALUE) {
            startNanos = now;
        }
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(new Line(now, text));
    }

    /** The lines, oldest first, with seconds since the first note ever made. */
    List<String> lines() {
        List<String> all = new ArrayList<>(lines.size());
        for (Line line : lines) {
            double seconds = (line.atNanos - startNanos) / 1e9;
            all.add(String.format(Locale.ROOT, "%10.3f %s", seconds, line.text));
        }
        return all;
    }
}
