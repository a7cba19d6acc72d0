// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** How long after its last byte was written each block was played, counted by the millisecond. */
final class Lags {
    private static final long MILLIS = 1_000_000;
    private static final int BUCKETS = 70_000;

    private final long[] counts = new long[BUCKETS];
    private long total;

    void add(long nanos) {
        counts[Math.clamp(nanos / MILLIS, 0, BUCKETS - 1)]++;
        total++;
    }

    /** The smallest lag that this share of all played blocks did not exceed. */
    long percentileMillis(double share) {
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return i;
            }
        }
        return 0;
    }
}
