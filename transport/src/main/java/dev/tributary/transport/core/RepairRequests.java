// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which symbols were asked for where, and what has not come. */
final class RepairRequests {
    /** Answers that come after the request was given up are still welcome for so long. */
    private static final long REMEMBERED_NANOS = 2_000_000_000L;

    private static final long REFUSED_NANOS = 100_000_000;

    /** Of that time, for those that are not answered one after the other. */
    private static final int MOST_DOUBLINGS = 4;

    /** A symbol that one node was asked for; kept a while after it was given up. */
    private static final class Request {
        final Link link;
        final long block;
        final int esi;
        final long expiresAt;
        boolean open = true;

        Request(Link link, long block, int esi, long expiresAt) {
            this.link = link;
            this.block = block;
            this.esi = esi;
            this.expiresAt = expiresAt;
        }
    }

    private final StreamNode stream;
    private final List<Request> all = new ArrayList<>();
    private int open;

    RepairRequests(StreamNode stream) {
        this.stream = stream;
    }

    /** Those that may still be answered in time. */
    int open() {
        return open;
    }

    void add(Block block, int esi, Link holder, long until) {
        all.add(new Request(holder, block.number, esi, until));
        open++;
        holder.repairsOpen++;
        block.repairsOpen++;
    }

    /** A repaired symbol came: whether it was asked for; the request is done with. */
    boolean answered(Link link, long block, int esi) {
        for (int i = 0; i < all.size(); i++) {
            Request r = all.get(i);
            if (r.link == link && r.block == block && r.esi == esi) {
                link.repairsMissed = 0;
                close(r);
                all.remove(i);
                return true;
            }
        }
        return false;
    }

    /** The node has not got the block, or has no time. */
    void refused(long now, Link link, long block, boolean busy) {
        if (busy) {
            link.repairAgainAt = now + REFUSED_NANOS;
            link.backlogAgainAt = now + REFUSED_NANOS * 3 / 2;
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            Request r = all.get(i);
            if (r.link == link && r.block == block) {
                close(r);
                if (busy) {
                    all.remove(i); // it has the symbol, and may have time for it later
                }
            }
        }
    }

    /** Gives up what has not been answered; returns when the next one will be given up. */
    long expire(long now) {
        long next = Long.MAX_VALUE;
        for (int i = all.size() - 1; i >= 0; i--) {
            Request r = all.get(i);
            if (r.open && now >= r.expiresAt) {
                close(r);
                unanswered(now, r.link);
            }
            if (now >= r.expiresAt + REMEMBERED_NANOS) {
                all.remove(i);
            } else if (r.open) {
                next = Math.min(next, r.expiresAt);
            }
        }
        return next;
    }

    /** Who does not even refuse is overloaded, or nearly gone: asked less and less. */
    private static void unanswered(long now, Link link) {
        if (now >= link.repairAgainAt) {
            link.repairAgainAt = now + (REFUSED_NANOS << link.repairsMissed);
            link.repairsMissed = Math.min(link.repairsMissed + 1, MOST_DOUBLINGS);
        }
    }

    private void close(Request r) {
        if (r.open) {
            r.open = false;
            r.link.repairsOpen--;
            open--;
            Block block = stream.blocks.find(r.block);
            if (block != null) {
                block.repairsOpen--;
            }
        }
    }

    /** Adds the ESIs of a block that are asked for now. */
    void coming(Block block, BitSet esis) {
        for (Request r : all) {
            if (r.block == block.number && r.open) {
                esis.set(r.esi);
            }
        }
    }

    /** Whether a node was asked for this symbol, lately. */
    boolean asked(Link link, Block block, int esi) {
        for (Request r : all) {
            if (r.link == link && r.block == block.number && r.esi == esi) {
                return true;
            }
        }
        return false;
    }

    /** Whether a node was asked for any symbol of the block, lately. */
    boolean asked(Link link, Block block) {
        for (Request r : all) {
            if (r.link == link && r.block == block.number) {
                return true;
            }
        }
        return false;
    }
}
