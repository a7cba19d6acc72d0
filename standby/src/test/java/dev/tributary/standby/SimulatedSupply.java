// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A supplier that sends one symbol a block, with jitter and random loss, and a receiver that judges
 * it as the transport does: in order, each block when its symbol is here or overdue.
 */
final class SimulatedSupply {
    static final long BLOCK_NANOS = 37_000_000;

    private static final long TICK_NANOS = 5_000_000;

    private record Arrival(long block, long at) {}

    final SupplierHealth health = new SupplierHealth();
    private final PriorityQueue<Arrival> onTheWay =
            new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final SplittableRandom random;
    private final long lagNanos;
    private final long jitterNanos;
    private double loss;
    private long now;
    private long nextSent;
    private boolean wasSuspect;
    private int suspicions;
    private int congestions;
    private int misses;

    SimulatedSupply(long seed, long lagNanos, long jitterNanos, double loss) {
        random = new SplittableRandom(seed);
        this.lagNanos = lagNanos;
        this.jitterNanos = jitterNanos;
        this.loss = loss;
        health.startAt(0);
        health.onSymbol(0, lagNanos);
        nextSent = 1;
        now = lagNanos;
    }

    void loss(double share) {
        loss = share;
    }

    /** Runs until the source has made so many blocks in all. */
    void runToBlock(long end) {
        while (newest() < end) {
            now += TICK_NANOS;
            for (; nextSent <= newest(); nextSent++) {
                if (random.nextDouble() >= loss) {
                    long lag = lagNanos + random.nextLong(jitterNanos + 1);
                    onTheWay.add(new Arrival(nextSent, nextSent * BLOCK_NANOS + lag));
                }
            }
            for (Arrival a = onTheWay.peek(); a != null && a.at <= now; a = onTheWay.peek()) {
                onTheWay.remove();
                health.onSymbol(a.block, a.at - a.block * BLOCK_NANOS);
            }
            judge();
        }
    }

    private void judge() {
        while (health.nextBlock() <= newest()) {
            long due = health.nextBlock() * BLOCK_NANOS + health.overdueNanos();
            if (due > now && !health.arrived(health.nextBlock())) {
                break;
            }
            misses += health.judgeNext() ? 1 : 0;
            congestions += health.congested() ? 1 : 0;
            suspicions += health.suspect() && !wasSuspect ? 1 : 0;
            wasSuspect = health.suspect();
        }
        wasSuspect = health.suspect();
    }

    private long newest() {
        return now / BLOCK_NANOS;
    }

    long now() {
        return now;
    }

    /** How many times the supplier became suspect. */
    int suspicions() {
        return suspicions;
    }

    /** After how many judgements it was congested. */
    int congestions() {
        return congestions;
    }

    int misses() {
        return misses;
    }
}
