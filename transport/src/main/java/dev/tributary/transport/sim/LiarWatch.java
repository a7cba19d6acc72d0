// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Counter;
import dev.tributary.transport.core.StreamSnapshot;
import java.util.Map;
import java.util.TreeMap;

/**
 * How honest nodes deal with liars, looked at again and again: they take no honest node for a liar,
 * and no liar goes on supplying them.
 */
final class LiarWatch {
    /** No longer may who sends wrong symbols supply an honest node. */
    private static final long MOST_NANOS = 5_000_000_000L;

    private final Swarm swarm;
    private final Verdicts verdicts;
    private final boolean wrongSymbols;
    private Map<Long, Long> suppliesSince = new TreeMap<>();
    private Map<Long, Long> before = suppliesSince;
    private long longestNanos;

    LiarWatch(Swarm swarm, Verdicts verdicts, Scenario.Malice malice) {
        this.swarm = swarm;
        this.verdicts = verdicts;
        wrongSymbols = malice.lie().givesWrongSymbols();
    }

    /** Begins a look at all nodes. */
    void begin() {
        before = suppliesSince;
        suppliesSince = new TreeMap<>();
    }

    void look(long now, SimNode node, StreamSnapshot figures) {
        if (node.lies()) {
            return;
        }
        for (long marked : figures.liars()) {
            int index = swarm.indexOf(marked);
            if (index < 0 || !swarm.nodes().get(index).lies()) {
                verdicts.broken(node.index(), "takes node " + index + " for a liar");
            }
        }
        for (StreamSnapshot.Peer peer : figures.suppliers()) {
            int index = Links.nodeAt(peer.endpoint());
            if (!peer.esis().isEmpty() && swarm.nodes().get(index).lies()) {
                supplied(now, node.index(), index);
            }
        }
    }

    private void supplied(long now, int node, int liar) {
        long pair = (long) node << 32 | liar;
        long since = before.getOrDefault(pair, now);
        suppliesSince.put(pair, since);
        longestNanos = Math.max(longestNanos, now - since);
        if (wrongSymbols && now - since > MOST_NANOS) {
            verdicts.broken(node, "still takes symbols from node " + liar + ", which lies");
        }
    }

    /** What came of it so far. */
    Report.Trust sum() {
        long marked = 0;
        long replaced = 0;
        long wrong = 0;
        long forged = 0;
        for (SimNode node : swarm.nodes()) {
            if (!node.lies()) {
                StreamSnapshot figures = node.snapshot();
                marked += figures.count(Counter.LIARS);
                replaced += figures.count(Counter.POOR_SUPPLIERS);
                wrong += figures.count(Counter.SYMBOLS_WRONG);
                forged += figures.count(Counter.MANIFESTS_FORGED);
            }
        }
        return new Report.Trust(marked, replaced, wrong, forged, longestNanos / 1_000_000);
    }
}
