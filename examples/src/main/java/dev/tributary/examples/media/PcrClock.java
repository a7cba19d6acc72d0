// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/** Tells how long bytes take from the clock references around them, across wraps and jumps. */
final class PcrClock {
    /** 33 bits of 90 kHz times 300. */
    static final long WRAP_TICKS = (1L << 33) * 300;

    /** The standard asks for 100 ms between references; more than this is a jump in time. */
    private static final long JUMP_TICKS = 27_000_000;

    private long lastTicks = TsPacket.NO_PCR;
    private long knownTicks;
    private long knownBytes;

    /**
     * How long the bytes since the last reference took.
     *
     * @param bytes from the packet with the last reference to the one with this, exclusive
     */
    long onPcr(long ticks, boolean discontinuity, long bytes) {
        boolean first = lastTicks == TsPacket.NO_PCR;
        long passed = Math.floorMod(ticks - lastTicks, WRAP_TICKS);
        lastTicks = ticks;
        if (first || discontinuity || passed > JUMP_TICKS) {
            return estimateNanos(bytes);
        }
        knownTicks += passed;
        knownBytes += bytes;
        return nanos(passed);
    }

    /** Bytes without a reference take as long as such bytes took on average so far. */
    long estimateNanos(long bytes) {
        return knowsRate() ? (long) ((double) nanos(knownTicks) * bytes / knownBytes) : 0;
    }

    boolean knowsRate() {
        return knownTicks > 0 && knownBytes > 0;
    }

    /** The input starts again, or goes on with another clock. */
    void restart() {
        lastTicks = TsPacket.NO_PCR;
    }

    private static long nanos(long ticks) {
        return ticks / 27 * 1000 + ticks % 27 * 1000 / 27;
    }
}
