// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.SupplierHealth;
import org.jspecify.annotations.Nullable;

/** One substream that one supplier sends, or is asked to send. */
final class Subscription {
    /** However late it usually is: the rest of the target delay is needed to ask elsewhere. */
    private static final double LATEST_SHARE = 0.55;

    /** ASKED: no answer yet. HELD: a slot is kept for us. ACTIVE: it flows, or is about to. */
    enum Phase {
        ASKED,
        HELD,
        ACTIVE,
        GONE
    }

    /** What was lost, for the record of the takeover that makes it good. */
    record Loss(int esi, long from, String reason, long sinceNanos, boolean takeover) {}

    final Link link;
    final int esi;
    final SupplierHealth health;
    Phase phase = Phase.ASKED;
    int request;
    long askedAt;
    long grantedAt;
    long fromBlock;
    int depth;
    long lastSymbolAt;
    boolean flows;

    /** Since when its supplier is suspected, -1 when it is not. */
    long suspectSince = -1;

    /** No judgement of congestion before. */
    long congestedUntil;

    /** Since when it misses blocks in a row, -1 when it does not. */
    long doubtSince = -1;

    /** The standby's slot that is kept while this one is suspected. */
    @Nullable
    Subscription hold;

    /** The subscription that ends once this one flows. */
    @Nullable
    Subscription replaces;

    /** Set on the old one while a new one is on its way. */
    boolean beingReplaced;

    @Nullable
    Loss loss;

    /** Newest block that came live, and the hop count it had. */
    long lastBlock = -1;

    int lastHop;

    /** First block that came live; earlier ones come as backfill, if at all. */
    long firstLive;

    Subscription(Link link, int esi) {
        this.link = link;
        this.esi = esi;
        // What is built goes out when a manifest has vouched for its blocks: several at once.
        health = new SupplierHealth(ManifestMaker.intervalNanos(link.stream.spec()));
    }

    boolean active() {
        return phase == Phase.ACTIVE;
    }

    boolean suspect() {
        return suspectSince >= 0;
    }

    /**
     * Whether the symbol of a block may still come this way.
     *
     * @param patience how long after it is overdue a supplier that lacks it itself may take
     */
    boolean expects(long now, long block, StreamNode stream, long patience) {
        if (phase != Phase.ACTIVE || suspect() || block < fromBlock) {
            return false;
        }
        long blockNanos = stream.spec().blockNanos();
        long earliest = stream.clock.arrivalNanos(stream.blocks.millis(block));
        if (!health.started() || block < firstLive) {
            return now < backfillDue(block, blockNanos);
        }
        if (now >= earliest + (long) (LATEST_SHARE * stream.spec().delayNanos())) {
            return false;
        }
        if (block >= health.nextBlock() || depth <= 1) {
            return block >= health.nextBlock();
        }
        return now < earliest + health.overdueNanos() + patience;
    }

    /** Whether its usual time is over: only patience keeps it expected. */
    boolean overdue(long block) {
        return !health.started() || block < health.nextBlock();
    }

    /** Backfill runs at twice the rate; by this time the block should have come. */
    private long backfillDue(long block, long blockNanos) {
        long ahead = Math.max(0, block - fromBlock);
        return grantedAt + 2 * link.timeoutNanos() + ahead * blockNanos;
    }
}
