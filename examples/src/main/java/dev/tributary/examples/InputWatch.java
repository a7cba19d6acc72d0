// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

/** Warns once when a live input comes much faster than it was declared. */
final class InputWatch {
    private static final long SPAN_NANOS = 3_000_000_000L;
    private static final double TOO_FAST = 1.5;

    private final long bitsPerSecond;
    private long spanStart;
    private long spanBytes;
    private boolean warned;

    InputWatch(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    void onBytes(long now, int bytes) {
        if (spanBytes == 0) {
            spanStart = now;
        }
        spanBytes += bytes;
        double allowed = TOO_FAST * bitsPerSecond / 8 * (SPAN_NANOS / 1e9);
        if (spanBytes > allowed && now - spanStart <= SPAN_NANOS && !warned) {
            warned = true;
            Terminal.say("the input comes faster than its rate of " + bitsPerSecond / 1000
                    + " kbit/s, so viewers may lose some; give a higher --bitrate, or publish"
                    + " a recording as --input FILE, which is paced");
        }
        if (now - spanStart > SPAN_NANOS) {
            spanBytes = 0;
        }
    }
}
