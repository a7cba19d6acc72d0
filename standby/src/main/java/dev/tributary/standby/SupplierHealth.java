// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.Arrays;

/**
 * Judges one substream of one supplier, block by block and in order: did its symbol come when it
 * usually does? Lags are counted from the time at which the block could have been here at the
 * earliest, so a supplier deeper in the tree is not blamed for its hops.
 */
public final class SupplierHealth {
    /** Two misses in a row at 2 % loss would give 113 false alarms an hour, three give 2 to 6. */
    public static final int SUSPECT_MISSES = 3;

    /** A suspect that answers but misses so many more has stopped sending this substream. */
    public static final int STOPPED_MISSES = 2 * SUSPECT_MISSES;

    /** Symbols looked at for the sustained rate. */
    static final int WINDOW = 64;

    /**
     * Misses in the window that make a supplier congested: 31 %. With 5 % loss on each of three
     * hops that is four standard deviations away.
     */
    static final int CONGESTED_MISSES = WINDOW * 5 / 16;

    /**
     * So many of them in each quarter of the window: a supplier that was cut off for a second
     * because its own supplier died has as many misses, but in a row.
     */
    static final int QUARTER_MISSES = WINDOW / 16;

    /** Timers of a busy machine are late by a few milliseconds: guess, from 2-core machines. */
    private static final long LEAST_SLACK_NANOS = 12_000_000;

    /** Blocks of which it is remembered whether their symbol came. */
    private static final int HISTORY = 1_024;

    private final LagEstimate lag;
    private final long[] arrived = new long[HISTORY / 64];
    private long window;
    private int judged;
    private int missesInRow;
    private long nextBlock = -1;
    private long newestArrived = -1;

    /** Of a substream whose lags are known to nobody. */
    public SupplierHealth() {
        this(0);
    }

    /** Of a substream whose symbols may come in groups, so that their lags differ by so much. */
    public SupplierHealth(long groupNanos) {
        lag = new LagEstimate(groupNanos / 4);
    }

    /** The first block to judge; earlier ones are backfill, which has no usual time. */
    public void startAt(long block) {
        nextBlock = block;
    }

    public boolean started() {
        return nextBlock >= 0;
    }

    /** A symbol of this substream came from this supplier, and not as a repair. */
    public void onSymbol(long block, long lagNanos) {
        if (block <= newestArrived - HISTORY) {
            return;
        }
        if (block > newestArrived + HISTORY) {
            Arrays.fill(arrived, 0);
            newestArrived = block - 1;
        }
        for (long b = newestArrived + 1; b <= block; b++) {
            arrived[word(b)] &= ~(1L << b);
        }
        newestArrived = Math.max(newestArrived, block);
        arrived[word(block)] |= 1L << block;
        missesInRow = 0;
        long judgedAgo = nextBlock - 1 - block;
        if (judgedAgo >= 0 && judgedAgo < WINDOW) {
            // It was late, but it came: the sustained rate holds.
            window &= ~(1L << judgedAgo);
        }
        lag.sample(lagNanos);
    }

    /** Whether this supplier's symbol of a recent block has come. */
    public boolean arrived(long block) {
        return block <= newestArrived
                && block > newestArrived - HISTORY
                && (arrived[word(block)] >>> block & 1) != 0;
    }

    /** The next block to judge. */
    public long nextBlock() {
        return nextBlock;
    }

    /** How long after its earliest time a symbol is overdue. */
    public long overdueNanos() {
        return lag.boundNanos(LEAST_SLACK_NANOS);
    }

    /**
     * Judges the next block, whose time is over.
     *
     * @return whether its symbol is missing
     */
    public boolean judgeNext() {
        boolean here = arrived(nextBlock);
        nextBlock++;
        judged = Math.min(judged + 1, WINDOW);
        window = window << 1 | (here ? 0 : 1);
        missesInRow = here || newestArrived >= nextBlock ? 0 : missesInRow + 1;
        return !here;
    }

    public int missesInRow() {
        return missesInRow;
    }

    public boolean suspect() {
        return missesInRow >= SUSPECT_MISSES;
    }

    /** Sustained rate well below that of the substream. */
    public boolean congested() {
        if (judged < WINDOW || Long.bitCount(window) < CONGESTED_MISSES) {
            return false;
        }
        for (int quarter = 0; quarter < 4; quarter++) {
            long misses = (window >>> (quarter * (WINDOW / 4))) & ((1L << (WINDOW / 4)) - 1);
            if (Long.bitCount(misses) < QUARTER_MISSES) {
                return false;
            }
        }
        return true;
    }

    /** Share of the last judged symbols that were missing, 0 to 1. */
    public double missingShare() {
        return judged == 0 ? 0 : (double) Long.bitCount(window) / judged;
    }

    /** Starts the sustained-rate judgement over, after a reason outside this supplier is known. */
    public void forgive() {
        judged = 0;
        window = 0;
        missesInRow = 0;
    }

    public LagEstimate lag() {
        return lag;
    }

    private int word(long block) {
        return (int) (block >>> 6) & arrived.length - 1;
    }
}
