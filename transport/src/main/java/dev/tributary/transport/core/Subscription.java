// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.SupplierHealth;
import org.jspecify.annotations.Nullable;

/** One substream that one supplier sends, or is asked to send. */
final class Subscription {
    /** However late it usually is: the rest of the target delay is needed to ask elsewhere. */
    private static final double LATEST_SHARE = 0.55;

    /** A larger gap in the hop count is no loss but a supplier that started anew. */
    private static final int MOST_LOST = 64;

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

    /** Since when it comes much later than others, -1 when it does not. */
    long slowSince = -1;

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
     * A gap in the hop count: the newest blocks that did not come this way were lost on this hop.
     */
    void noteLosses(long block, int hop) {
        BlockStore blocks = link.stream.blocks;
        int lost = (hop - lastHop - 1) & 0xFF;
        boolean counts = lastBlock >= 0 && block > lastBlock && lost < MOST_LOST;
        for (long b = block - 1; counts && lost > 0 && b > lastBlock && b >= blocks.oldest(); b--) {
            Block missing = blocks.open(b);
            if (!missing.isWhole() && !missing.has(esi)) {
                missing.lost.set(esi);
                link.stream.repairs.soon();
            }
            lost--;
        }
        if (block > lastBlock) {
            lastBlock = block;
            lastHop = hop;
        }
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
        long earliest = stream.clock.arrivalNanos(stream.blocks.millis(block));
        long delay = stream.spec().delayNanos();
        boolean late = now >= earliest + (long) (LATEST_SHARE * delay);
        boolean playing = stream.playback != null && stream.playback.isStarted();
        if (!health.started() || block < firstLive) {
            boolean soonDue = playing && late && now < earliest + delay;
            return now < backfillDue(block, stream.spec().blockNanos()) && !soonDue;
        }
        if (late) {
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
