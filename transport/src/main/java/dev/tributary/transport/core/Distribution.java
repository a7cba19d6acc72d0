// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.SymbolHeader;
import java.util.List;

/**
 * Which symbol goes to whom: passed on as it arrives, built when the block is whole, backfilled.
 */
final class Distribution {
    /** Of the target delay: an older block is backfill, and yields to live symbols. */
    private static final double LIVE_SHARE = 0.6;

    /** Symbols of backfill that may wait in the uplink; the rest stays where it is. */
    static final int MOST_BACKFILL = 32;

    private final StreamNode stream;
    private final List<Supply> supplies;
    private final long spacingNanos;
    private final long liveNanos;

    /** When the next older block is due; asked too often to look through all receivers. */
    private long backfillAt = Long.MAX_VALUE;

    Distribution(StreamNode stream, List<Supply> supplies) {
        this.stream = stream;
        this.supplies = supplies;
        spacingNanos = stream.spec().blockNanos();
        liveNanos = (long) (LIVE_SHARE * stream.spec().delayNanos());
    }

    /** A symbol has just arrived: it goes on at once, before the block is whole. */
    void onSymbol(long now, Block block, int esi) {
        for (Supply s : supplies) {
            if (s.esi == esi) {
                send(now, s, block);
            }
        }
    }

    /** The block is whole: every substream that still lacks it can have it. */
    void onComplete(long now, Block block) {
        for (Supply s : supplies) {
            if (block.number >= s.liveFrom || block.number < s.cursor) {
                send(now, s, block);
            }
        }
    }

    private void send(long now, Supply s, Block block) {
        if (s.held || block.number < s.from || !s.markSent(block.number)) {
            return;
        }
        boolean old = now - stream.clock.arrivalNanos(block.millis()) > liveNanos
                || block.number < s.liveFrom;
        if (old) {
            backfill(s, block);
            return;
        }
        long spacing = spacingNanos / (2L * Math.max(1, s.link.supplied.size()));
        if (!stream.uplink.offer(now, s.link, block.number, s.esi << 8, spacing)) {
            stream.counters.add(Counter.UPLINK_DROPPED);
        }
    }

    private void backfill(Supply s, Block block) {
        stream.counters.add(Counter.SYMBOLS_BACKFILLED);
        if (!stream.uplink.offerBackfill(s.link, block.number, s.esi, SymbolHeader.BACKFILL)) {
            stream.counters.add(Counter.UPLINK_DROPPED);
        }
    }

    long deadline() {
        return backfillAt;
    }

    void onDeadline(long now) {
        if (backfillAt <= now) {
            backfill(now);
        }
    }

    /**
     * Older blocks, at twice the rate of the stream at most, and only from spare capacity; to be
     * called also when a receiver has come to want some.
     */
    void backfill(long now) {
        backfillAt = Long.MAX_VALUE;
        for (Supply s : supplies) {
            while (!s.held && s.cursor < s.liveFrom && s.backfillAt <= now) {
                if (stream.uplink.backfillWaiting() >= MOST_BACKFILL) {
                    s.backfillAt = now + spacingNanos / 2;
                    break;
                }
                s.cursor = Math.max(s.cursor, stream.blocks.oldest());
                Block block = stream.blocks.find(s.cursor);
                s.cursor++;
                if (block != null && block.canGive(s.esi) && s.markSent(block.number)) {
                    backfill(s, block);
                    s.backfillAt = Math.max(s.backfillAt + spacingNanos / 2, now - spacingNanos);
                }
            }
            if (!s.held && s.cursor < s.liveFrom) {
                backfillAt = Math.min(backfillAt, s.backfillAt);
            }
        }
    }
}
