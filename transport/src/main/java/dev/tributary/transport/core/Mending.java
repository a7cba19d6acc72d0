// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Status;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that proved wrong. A few are made good with source symbols alone, to learn who sends wrong
 * ones; once that is known, the others have back all that is not in doubt.
 */
final class Mending {
    /** Blocks that are asked for source symbols at a time: the one that lacks least comes first. */
    private static final int AT_ONCE = 2;

    /** Of these so close to its time every block is asked for. */
    private static final long LAST_NANOS = 400_000_000;

    private final StreamNode stream;
    private final @Nullable Block[] first = new Block[AT_ONCE];
    private boolean doubts;

    Mending(StreamNode stream) {
        this.stream = stream;
    }

    /** Somebody was found to send wrong symbols. */
    void soon() {
        doubts = true;
        stream.repairs.soon();
    }

    void onDeadline(long now) {
        if (doubts) {
            doubts = false;
            pardonAll(now);
        }
        choose(now);
    }

    /** Whether the block's symbols are asked for now. */
    boolean mayAsk(long now, Block block) {
        if (!block.spoiled()) {
            return true;
        }
        for (Block one : first) {
            if (one == block) {
                return true;
            }
        }
        long due = stream.clock.arrivalNanos(block.millis()) + stream.spec().delayNanos();
        return due - now < LAST_NANOS;
    }

    /**
     * What to ask for: the ESI that most nodes receive, as they may not have the block either; -1
     * for none.
     */
    int wanted(Block block, BitSet coming) {
        int[] holders =
                new int[block.spoiled() ? stream.spec().k() : stream.spec().n()];
        for (Link link : stream.links.open()) {
            Status status = link.status;
            if (status != null) {
                for (Status.Offer offer : status.offers()) {
                    if (offer.esi() < holders.length) {
                        holders[offer.esi()]++;
                    }
                }
            }
        }
        int start = stream.random().nextInt(holders.length);
        int best = -1;
        for (int i = 0; i < holders.length; i++) {
            int esi = (start + i) % holders.length;
            if (!coming.get(esi) && (best < 0 || holders[esi] > holders[best])) {
                best = esi;
            }
        }
        return best;
    }

    static boolean offers(Link link, int esi) {
        Status status = link.status;
        return status != null && status.offers().stream().anyMatch(offer -> offer.esi() == esi);
    }

    private void choose(long now) {
        Arrays.fill(first, null);
        BlockStore blocks = stream.blocks;
        for (long b = Math.max(stream.firstNeeded(now), blocks.oldest());
                b <= blocks.newest();
                b++) {
            Block block = blocks.find(b);
            if (block != null && block.spoiled() && !block.isComplete()) {
                place(block);
            }
        }
    }

    private void place(Block block) {
        Block rest = block;
        for (int i = 0; i < first.length; i++) {
            Block there = first[i];
            if (there == null || there.have() < rest.have()) {
                first[i] = rest;
                if (there == null) {
                    return;
                }
                rest = there;
            }
        }
    }

    private void pardonAll(long now) {
        BlockStore blocks = stream.blocks;
        for (long b = blocks.oldest(); b <= blocks.newest(); b++) {
            Block block = blocks.find(b);
            Evidence held = block == null ? null : block.evidence();
            if (block != null && held != null && block.spoiled() && !block.isComplete()) {
                pardon(now, block, held);
            }
        }
    }

    /** Puts back what came from nodes that nobody has found wrong. */
    private void pardon(long now, Block block, Evidence held) {
        int size = block.symbolBytes();
        int k = stream.spec().k();
        for (int i = 0; i < held.count() && block.have() < k; i++) {
            int esi = held.esis()[i];
            Link sender = held.senders()[i];
            if (sender != null
                    && sender.isOpen()
                    && !block.has(esi)
                    && !stream.liars.setsAside(now, sender, esi)) {
                stream.blocks.add(block, esi, held.symbols(), i * size);
                block.lastCameFrom(sender, held.checked().get(i));
            }
        }
        block.pardon();
        if (block.have() == k) {
            stream.proofs.onWhole(now, block);
        }
    }
}
