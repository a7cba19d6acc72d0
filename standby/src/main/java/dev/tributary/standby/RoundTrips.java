// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

/**
 * The last few round trips with one node, about one a second: how long it usually takes to answer,
 * and when an answer will not come any more. Old ones are forgotten at once and not by and by: a
 * machine that answers late while it starts says nothing of the minutes after.
 */
public final class RoundTrips {
    /** One a second: what was slow is forgotten in as many seconds. */
    static final int KEPT = 8;

    private final long[] last = new long[KEPT];
    private int count;
    private long mean;
    private long slowest;

    public void sample(long nanos) {
        last[count % KEPT] = nanos;
        // Beyond twice the ring only the place in it matters.
        count = count < 2 * KEPT - 1 ? count + 1 : KEPT;
        int kept = Math.min(count, KEPT);
        long sum = 0;
        slowest = 0;
        for (int i = 0; i < kept; i++) {
            sum += last[i];
            slowest = Math.max(slowest, last[i]);
        }
        mean = sum / kept;
    }

    public boolean sampled() {
        return count > 0;
    }

    /** Mean of those kept; 0 without any. */
    public long meanNanos() {
        return mean;
    }

    /** Later than this no answer comes: the slowest of those kept, and half of it more. */
    public long boundNanos() {
        return slowest + slowest / 2;
    }
}
