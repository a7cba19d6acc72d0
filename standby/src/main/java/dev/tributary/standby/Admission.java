// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

/**
 * How many substreams a node takes on: by upload capacity, with a part kept for takeovers.
 *
 * @param slots substreams in all
 * @param reserve of these kept for takeovers and moves in progress
 */
public record Admission(int slots, int reserve) {
    /** Repairs, manifests and control get what is left of the cap. */
    public static final double RESERVED_SHARE = 0.10;

    /** No node needs more than the datagrams that it can count. */
    private static final int MAX_SLOTS = 60_000;

    /**
     * Slots of a node.
     *
     * @param capBitsPerSecond upload cap on the wire
     * @param slotBitsPerSecond wire rate of one substream
     * @param k substreams of one receiver
     */
    public static Admission of(long capBitsPerSecond, long slotBitsPerSecond, int k) {
        if (capBitsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "an upload cap is 0 bit/s at least, not " + capBitsPerSecond);
        }
        if (k < 1) {
            throw new IllegalArgumentException("a receiver takes 1 substream at least, not " + k);
        }
        double usable = capBitsPerSecond * (1 - RESERVED_SHARE);
        int slots = (int) Math.min(MAX_SLOTS, (long) (usable / slotBitsPerSecond));
        int reserve = slots == 0 ? 0 : Math.max(slots >= 4 ? 1 : 0, slots / k);
        return new Admission(slots, reserve);
    }

    /**
     * Whether one substream more fits.
     *
     * @param taken slots in use, held ones included
     * @param urgent the asker lost a supplier, or got too little for long, or the swarm is starting
     */
    public boolean admits(int taken, boolean urgent) {
        return taken < (urgent ? slots : slots - reserve);
    }

    public int free(int taken, boolean urgent) {
        return Math.max(0, (urgent ? slots : slots - reserve) - taken);
    }

    /**
     * How many slots one receiver may have before others are looked at: an even share, two at
     * least.
     *
     * @param receivers nodes that are in contact and may ask
     */
    public int fairShare(int receivers) {
        return Math.max(2, (slots - reserve) / Math.max(1, receivers));
    }
}
