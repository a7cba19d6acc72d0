// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/**
 * The source's clock as far as it can be known here: source time 0 plus the smallest lag seen.
 * Clocks of different machines are never compared.
 */
final class SourceClock {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    /**
     * Machines' clocks drift by up to 100 us a second; a window of 10 s follows 5 ms, five times
     * that.
     */
    private static final long STEP_NANOS = 5_000_000;

    /**
     * So much earlier than the first arrival that is proved a hint may put the start: the way to a
     * newcomer is not slower. What differs by more was a lie.
     */
    private static final long HINTED_NANOS = 2_000_000_000L;

    private long anchor;
    private boolean known;
    private boolean firm;
    private long windowLeast = Long.MAX_VALUE;
    private long windowEnds;

    /** The source itself: no lag at all. */
    void start(long now) {
        anchor = now;
        known = true;
        firm = true;
    }

    /** Somebody's reckoning; good until the first symbol arrives. */
    void onHint(long now, long sourceMillis) {
        if (!firm) {
            long hinted = now - sourceMillis * 1_000_000;
            anchor = known ? Math.min(anchor, hinted) : hinted;
            known = true;
        }
    }

    /** A live symbol of a block of that source time arrived. */
    void onArrival(long now, long sourceMillis) {
        long seen = now - sourceMillis * 1_000_000;
        if (!firm || seen < anchor) {
            boolean hinted = !firm && known && seen - anchor <= HINTED_NANOS;
            anchor = hinted ? Math.min(seen, anchor + STEP_NANOS) : seen;
            firm = true;
            known = true;
        }
        if (now >= windowEnds) {
            if (windowLeast != Long.MAX_VALUE) {
                anchor += Math.min(STEP_NANOS, Math.max(0, windowLeast - anchor));
            }
            windowLeast = Long.MAX_VALUE;
            windowEnds = now + WINDOW_NANOS;
        }
        windowLeast = Math.min(windowLeast, seen);
    }

    boolean known() {
        return known;
    }

    /** When a block of that source time could be here at the earliest. */
    long arrivalNanos(long sourceMillis) {
        return anchor + sourceMillis * 1_000_000;
    }

    /** What the source's clock shows, less the smallest lag. */
    long sourceMillis(long now) {
        return known ? Math.max(0, (now - anchor) / 1_000_000) : 0;
    }
}
