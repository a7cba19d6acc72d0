// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The standbys: nodes that supply nothing now, are probed, and are ready to take a substream over.
 * The list says when to probe and whether what is known of a node is fresh enough to rely on it.
 */
public final class StandbyList {
    public static final int SIZE = 6;

    /** Between two probes of one standby. */
    public static final long PROBE_NANOS = 2_000_000_000L;

    /** An answer older than two and a half periods is stale: such a node is no standby then. */
    public static final long FRESH_NANOS = 2 * PROBE_NANOS + PROBE_NANOS / 2;

    /** The choice is random among so many best, so that orphans of one supplier do not all meet. */
    public static final int BEST = 3;

    private final RandomGenerator random;
    private final int[] nodes = new int[SIZE];
    private final long[] probeAt = new long[SIZE];
    private int size;

    public StandbyList(RandomGenerator random) {
        this.random = random;
        Arrays.fill(nodes, -1);
    }

    public int size() {
        return size;
    }

    public int node(int index) {
        return nodes[index];
    }

    public boolean contains(int node) {
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                return true;
            }
        }
        return false;
    }

    /** Takes a node in; false when the list is full or has it. */
    public boolean add(int node, long now) {
        if (size == SIZE || contains(node)) {
            return false;
        }
        nodes[size] = node;
        probeAt[size] = now + jitter(PROBE_NANOS / 4);
        size++;
        return true;
    }

    public void remove(int node) {
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                size--;
                nodes[i] = nodes[size];
                probeAt[i] = probeAt[size];
                return;
            }
        }
    }

    /** Whether the standby at an index is to be probed now; if so the next time is set. */
    public boolean probeDue(int index, long now) {
        if (now < probeAt[index]) {
            return false;
        }
        probeAt[index] = now + PROBE_NANOS - PROBE_NANOS / 8 + jitter(PROBE_NANOS / 4);
        return true;
    }

    /** When the next probe is due, {@link Long#MAX_VALUE} for an empty list. */
    public long nextProbeAt() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            next = Math.min(next, probeAt[i]);
        }
        return next;
    }

    public static boolean fresh(long answeredAt, long now) {
        return now - answeredAt <= FRESH_NANOS;
    }

    private long jitter(long range) {
        return random.nextLong(range);
    }
}
