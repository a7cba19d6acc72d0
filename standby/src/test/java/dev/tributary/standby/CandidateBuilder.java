// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

/** A candidate with plain knobs: offers nothing, is free and near until told otherwise. */
final class CandidateBuilder {
    private static final int N = 24;

    private final int node;
    private final byte[] depths = new byte[N];
    private final byte[] order = new byte[N];
    private int buildDepth;
    private int carries;
    private int freeSlots = 8;
    private boolean full;
    private long rttNanos = 40_000_000;

    CandidateBuilder(int node) {
        this.node = node;
    }

    /** The node offers ESIs at a depth, preferring them in this order. */
    CandidateBuilder offers(int depth, int... esis) {
        for (int i = 0; i < esis.length; i++) {
            depths[esis[i]] = (byte) depth;
            order[esis[i]] = (byte) i;
        }
        return this;
    }

    CandidateBuilder builds(int depth) {
        buildDepth = depth;
        return this;
    }

    CandidateBuilder carries(int substreams) {
        carries = substreams;
        return this;
    }

    CandidateBuilder free(int slots) {
        freeSlots = slots;
        return this;
    }

    CandidateBuilder full() {
        full = true;
        return this;
    }

    CandidateBuilder rttMillis(int millis) {
        rttNanos = millis * 1_000_000L;
        return this;
    }

    Candidate build() {
        return new Candidate(node, depths, buildDepth, order, carries, freeSlots, full, rttNanos);
    }
}
