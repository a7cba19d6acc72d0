// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.util.Locale;

/** Tells a person that nothing comes any more, once, and that it goes on again. */
final class Silence {
    /** Shorter pauses end in a gap or in nothing, and both are said elsewhere. */
    private static final long NANOS = 5_000_000_000L;

    private volatile long playedNanos;
    private volatile boolean begun;
    private long since;
    private boolean said;

    /** A block was handed out; on the event loop. */
    void onMedia(long now) {
        playedNanos = now;
        begun = true;
    }

    /** What there is to say, empty for nothing; on one thread. */
    String news(long now) {
        long last = playedNanos;
        boolean silent = begun && now - last >= NANOS;
        if (silent && !said) {
            said = true;
            since = last;
            return "nothing has come for " + NANOS / 1_000_000_000L + " s: the source sends"
                    + " nothing, or no way leads to it; waiting for it";
        }
        if (!silent && said) {
            said = false;
            double seconds = (last - since) / 1e9;
            return String.format(Locale.ROOT, "the stream goes on after %.1f s", seconds);
        }
        return "";
    }
}
