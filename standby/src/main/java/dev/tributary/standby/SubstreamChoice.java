// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whom to ask for which ESI: distinct ESIs, spread over as many suppliers as there are, and
 * near the source.
 */
public final class SubstreamChoice {
    /** A full node is asked where two suppliers' worth of spreading would be lost otherwise. */
    private static final double FULL_COST = 6;

    /**
     * Round trips closer than this are alike, so that a herd does not gather at the nearest node.
     */
    private static final long RTT_STEP_NANOS = 25_000_000;

    /**
     * One request to make.
     *
     * @param depth at which the candidate offers it
     */
    public record Pick(int node, int esi, int depth) {}

    private final RandomGenerator random;

    public SubstreamChoice(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Picks distinct ESIs to ask for.
     *
     * @param candidates nodes that may be asked
     * @param taken ESIs that are not wanted; not changed
     * @param most how many to pick
     * @param maxDepth by ESI the largest depth allowed, or one value for all in a single element
     * @return the picks, fewer where there are no more to find
     */
    public List<Pick> choose(List<Candidate> candidates, BitSet taken, int most, int[] maxDepth) {
        BitSet gone = (BitSet) taken.clone();
        int[] carries = new int[candidates.size()];
        for (int i = 0; i < carries.length; i++) {
            carries[i] = candidates.get(i).carries();
        }
        List<Pick> picks = new ArrayList<>();
        while (picks.size() < most) {
            int best = -1;
            Pick bestPick = null;
            double bestCost = Double.MAX_VALUE;
            for (int i = 0; i < carries.length; i++) {
                Candidate candidate = candidates.get(i);
                if (carries[i] - candidate.carries() >= candidate.freeSlots()) {
                    continue;
                }
                Pick pick = bestEsi(candidate, gone, maxDepth);
                if (pick != null) {
                    double cost = cost(candidate, carries[i], pick);
                    if (cost < bestCost) {
                        bestCost = cost;
                        best = i;
                        bestPick = pick;
                    }
                }
            }
            if (bestPick == null) {
                return picks;
            }
            carries[best]++;
            gone.set(bestPick.esi());
            picks.add(bestPick);
        }
        return picks;
    }

    /** One supplier more counts for more than one hop less, one hop for more than a near node. */
    private double cost(Candidate candidate, int carries, Pick pick) {
        double build = candidate.receives(pick.esi()) ? 0 : 1;
        double hops = pick.depth() + build + (candidate.full() ? FULL_COST : 0);
        return 3.0 * carries
                + hops
                + 0.2 * candidate.rttNanos() / RTT_STEP_NANOS
                + random.nextDouble() * 0.5;
    }

    private @Nullable Pick bestEsi(Candidate candidate, BitSet gone, int[] maxDepth) {
        int best = -1;
        double bestCost = Double.MAX_VALUE;
        for (int esi = 0; esi < candidate.depths().length; esi++) {
            int depth = candidate.depth(esi);
            if (gone.get(esi) || depth == 0 || depth > limit(maxDepth, esi)) {
                continue;
            }
            double cost = candidate.receives(esi)
                    ? depth + (candidate.order()[esi] & 0xFF) / 256.0
                    : depth + 1 + random.nextDouble() / 2;
            if (cost < bestCost) {
                bestCost = cost;
                best = esi;
            }
        }
        return best < 0 ? null : new Pick(candidate.node(), best, candidate.depth(best));
    }

    private static int limit(int[] maxDepth, int esi) {
        return maxDepth.length == 1 ? maxDepth[0] : maxDepth[esi];
    }
}
