// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import org.jspecify.annotations.Nullable;

/** One substream that this node sends to one receiver. */
final class Supply {
    final Link link;
    final int esi;
    final long since;
    private final long[] sent;
    private long newestWord = -1;

    /** First block the receiver wants. */
    long from;

    /** Blocks before this one come as backfill. */
    long liveFrom;

    /** Next block to backfill. */
    long cursor;

    long backfillAt;

    /** Live symbols sent so far. */
    int hop;

    /** A slot that is kept for a moment, nothing is sent. */
    boolean held;

    long heldUntil;

    /** The receiver leaves, and one of its own receivers took the slot. */
    boolean handedOver;

    /** Told to move to a successor; served until it has, or until this time. */
    long movingUntil = -1;

    /** The newcomer that took the slot, and where the receiver is sent. */
    long movedFor;

    @Nullable
    Peer movedTo;

    long revokeAt = Long.MIN_VALUE;

    Supply(Link link, int esi, long since, int window) {
        this.link = link;
        this.esi = esi;
        this.since = since;
        sent = new long[(window >> 6) + 2];
    }

    boolean moving() {
        return movingUntil >= 0;
    }

    /**
     * Marks a block as sent.
     *
     * @return false when it was before
     */
    boolean markSent(long block) {
        long word = block >>> 6;
        if (word > newestWord) {
            long first = Math.max(newestWord + 1, word - sent.length + 1);
            for (long w = first; w <= word; w++) {
                sent[(int) (w % sent.length)] = 0;
            }
            newestWord = word;
        }
        int place = (int) (word % sent.length);
        long bit = 1L << block;
        if (word <= newestWord - sent.length || (sent[place] & bit) != 0) {
            return false;
        }
        sent[place] |= bit;
        return true;
    }
}
