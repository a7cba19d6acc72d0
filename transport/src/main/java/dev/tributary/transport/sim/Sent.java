// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.Arrays;

/** What the source wrote and when, and which stretch of it each block turned out to hold. */
final class Sent {
    /** The source writes once in this time. */
    static final long TICK_NANOS = 10_000_000;

    private static final long TICKS_PER_SECOND = 1_000_000_000 / TICK_NANOS;

    /** No run is longer; a larger block number is a broken one. */
    private static final long MOST_BLOCKS = 50_000_000;

    private final long bitsPerSecond;
    private long ticks;
    private long[] starts = new long[0];
    private int[] lengths = new int[0];
    private long lastBlock = -1;

    Sent(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    long bytes() {
        return bytesAfter(ticks);
    }

    /** Bytes that the next tick writes, from position {@link #bytes()}. */
    int nextBytes() {
        return (int) (bytesAfter(ticks + 1) - bytesAfter(ticks));
    }

    void tick() {
        ticks++;
    }

    /** The virtual time at which the byte before this position was written. */
    long writtenNanos(long position) {
        long tick = Math.max(0, position * 8 * TICKS_PER_SECOND / bitsPerSecond - 1);
        while (bytesAfter(tick + 1) < position) {
            tick++;
        }
        return tick * TICK_NANOS;
    }

    /** Where a block that somebody played lies, or {@link SyntheticMedia#UNKNOWN}. */
    long start(long block) {
        return block >= 0 && block < starts.length && lengths[(int) block] > 0
                ? starts[(int) block]
                : SyntheticMedia.UNKNOWN;
    }

    /** Notes where a block lies; false when another viewer played other bytes under its number. */
    boolean agrees(long block, long start, int length) {
        if (block < 0 || block >= MOST_BLOCKS) {
            return false;
        }
        if (block >= starts.length) {
            int wanted = (int) Math.max(block + 1, starts.length * 2L);
            starts = Arrays.copyOf(starts, wanted);
            lengths = Arrays.copyOf(lengths, wanted);
        }
        int at = (int) block;
        if (lengths[at] == 0) {
            starts[at] = start;
            lengths[at] = length;
            lastBlock = Math.max(lastBlock, block);
        }
        return starts[at] == start && lengths[at] == length;
    }

    /** The newest block that anybody played, -1 when none was. */
    long lastBlock() {
        return lastBlock;
    }

    private long bytesAfter(long count) {
        return count * bitsPerSecond / TICKS_PER_SECOND / 8;
    }
}
