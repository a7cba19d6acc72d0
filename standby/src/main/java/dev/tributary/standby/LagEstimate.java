// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

/**
 * What is usual for a delay: smoothed mean and mean deviation, with the gains of RFC 6298 (1/8 and
 * 1/4).
 */
public final class LagEstimate {
    private long meanNanos;
    private long deviationNanos;
    private boolean sampled;
    private final long firstDeviationNanos;

    public LagEstimate() {
        this(0);
    }

    /** Where it is known that delays differ by so much, one early sample does not say otherwise. */
    public LagEstimate(long firstDeviationNanos) {
        this.firstDeviationNanos = firstDeviationNanos;
    }

    public void sample(long lagNanos) {
        if (!sampled) {
            sampled = true;
            meanNanos = lagNanos;
            deviationNanos = Math.max(Math.abs(lagNanos) / 2, firstDeviationNanos);
            return;
        }
        deviationNanos += (Math.abs(lagNanos - meanNanos) - deviationNanos) / 4;
        meanNanos += (lagNanos - meanNanos) / 8;
    }

    public boolean sampled() {
        return sampled;
    }

    public long meanNanos() {
        return meanNanos;
    }

    /**
     * Later than this is unusual: mean + 4 deviations.
     *
     * @param leastSlackNanos the least distance from the mean, since timers are not exact
     */
    public long boundNanos(long leastSlackNanos) {
        return meanNanos + Math.max(4 * deviationNanos, leastSlackNanos);
    }
}
