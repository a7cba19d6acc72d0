// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.Arrays;

/**
 * Who takes which substream from whom, looked at again and again: no substream may be taken twice,
 * and no supply may go in a loop, for longer than a takeover needs.
 */
final class SupplyWatch {
    /** A state seen this often in a row has lasted for more than two seconds. */
    static final int LASTING = 6;

    private static final int NOBODY = -1;

    private final Verdicts verdicts;
    private final int n;
    private final int[][] supplierOf;
    private final int[][] secondOf;
    private final int[][] loops;
    private final int[][] doubles;
    private final long[][] pairs;
    private int nodes;

    SupplyWatch(Verdicts verdicts, int n) {
        this.verdicts = verdicts;
        this.n = n;
        supplierOf = new int[n][0];
        secondOf = new int[n][0];
        loops = new int[n][0];
        doubles = new int[n][0];
        pairs = new long[n][0];
    }

    /** Begins a look at nodes 0 to {@code count} - 1; there may be more than at the last. */
    void begin(int count) {
        nodes = count;
        for (int esi = 0; esi < n; esi++) {
            supplierOf[esi] = new int[count];
            Arrays.fill(supplierOf[esi], NOBODY);
            secondOf[esi] = supplierOf[esi].clone();
            loops[esi] = Arrays.copyOf(loops[esi], count);
            doubles[esi] = Arrays.copyOf(doubles[esi], count);
            pairs[esi] = Arrays.copyOf(pairs[esi], count);
        }
    }

    /** In this look, a node takes an ESI from another one. */
    void takes(int node, int esi, int from) {
        int[] suppliers = supplierOf[esi][node] == NOBODY ? supplierOf[esi] : secondOf[esi];
        suppliers[node] = from;
    }

    /** Ends the look and judges it. */
    void end() {
        for (int esi = 0; esi < n; esi++) {
            judgeDoubles(esi);
            judgeLoops(esi);
        }
    }

    private void judgeDoubles(int esi) {
        for (int node = 0; node < nodes; node++) {
            int first = supplierOf[esi][node];
            int second = secondOf[esi][node];
            // A supplier that is replaced by one after the other that never sends is no double.
            long both = second == NOBODY
                    ? NOBODY
                    : (long) Math.min(first, second) << 32 | Math.max(first, second);
            boolean again = both != NOBODY && both == pairs[esi][node];
            pairs[esi][node] = both;
            doubles[esi][node] = both == NOBODY ? 0 : again ? doubles[esi][node] + 1 : 1;
            if (doubles[esi][node] == LASTING) {
                verdicts.broken(
                        node, "takes ESI " + esi + " from " + first + " and from " + second);
            }
        }
    }

    private void judgeLoops(int esi) {
        boolean[] looping = loopingNodes(supplierOf[esi]);
        for (int node = 0; node < nodes; node++) {
            loops[esi][node] = looping[node] ? loops[esi][node] + 1 : 0;
            if (loops[esi][node] == LASTING) {
                String loop = loop(supplierOf[esi], node);
                verdicts.broken(node, "supply of ESI " + esi + " goes in a loop: " + loop);
            }
        }
    }

    /** Each node has one supplier of an ESI here, so a walk either ends or runs into a loop. */
    private static boolean[] loopingNodes(int[] next) {
        int[] walk = new int[next.length];
        boolean[] looping = new boolean[next.length];
        for (int start = 0; start < next.length; start++) {
            int at = start;
            while (at != NOBODY && walk[at] == 0) {
                walk[at] = start + 1;
                at = next[at];
            }
            while (at != NOBODY && walk[at] == start + 1 && !looping[at]) {
                looping[at] = true;
                at = next[at];
            }
        }
        return looping;
    }

    private static String loop(int[] next, int from) {
        StringBuilder text = new StringBuilder().append(from);
        for (int at = next[from]; at != from; at = next[at]) {
            text.append(" < ").append(at);
        }
        return text.append(" < ").append(from).toString();
    }
}
