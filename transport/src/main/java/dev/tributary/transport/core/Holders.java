// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Status;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Who may have a symbol that lacks here. */
final class Holders {
    /** In place of an ESI: any that the block lacks. */
    static final int BACKLOG = -1;

    /** In this last part of the target delay, and the time below, relay or source come first. */
    private static final double LAST_SHARE = 0.2;

    private static final long LAST_NANOS = 400_000_000;

    private final StreamNode stream;
    private final RepairRequests requests;

    Holders(StreamNode stream, RepairRequests requests) {
        this.stream = stream;
        this.requests = requests;
    }

    /** Who supplies the ESI, where it was not asked for this symbol yet. */
    @Nullable
    Link sender(long now, Block block, int esi) {
        Subscription s = stream.suppliers.active(esi);
        if (s == null || requests.asked(s.link, block, esi)) {
            return null;
        }
        boolean able = now >= s.link.repairAgainAt
                && s.link.probesUnanswered == 0
                && !stream.liars.doubts(now, s.link);
        return able ? s.link : null;
    }

    /** Random among the least busy that should have the block; relay or source when it is late. */
    @Nullable
    Link ofWhole(long now, Block block, int esi) {
        Link chosen = null;
        double least = Double.MAX_VALUE;
        boolean urgent = urgent(now, block);
        for (Link link : stream.links.open()) {
            if (!mayHave(now, link, block.number)
                    || (esi == BACKLOG && now < link.backlogAgainAt)) {
                continue;
            }
            Peer peer = link.peer;
            boolean strong = peer != null && peer.role != Role.VIEWER;
            double cost = cost(link, block)
                    - (block.inDoubt() && Mending.offers(link, esi) ? 2 : 0)
                    - (urgent && strong ? 8 : 0);
            if (cost < least) {
                least = cost;
                chosen = link;
            }
        }
        return chosen;
    }

    /** A node that does not have the block either, but receives of it what lacks here. */
    @Nullable
    Link ofPart(long now, Block block, BitSet coming) {
        Link chosen = null;
        double least = Double.MAX_VALUE;
        for (Link link : stream.links.open()) {
            Status status = link.status;
            if (status != null && mayGive(now, link, status) && link.offersAnyBut(coming)) {
                double cost = cost(link, block);
                if (cost < least) {
                    least = cost;
                    chosen = link;
                }
            }
        }
        return chosen;
    }

    private double cost(Link link, Block block) {
        return link.repairsOpen / 4.0
                + stream.random().nextDouble()
                + (requests.asked(link, block) ? 4 : 0);
    }

    /** Whether the block is due so soon that those come first who surely have it. */
    boolean urgent(long now, Block block) {
        long age = now - stream.clock.arrivalNanos(stream.blocks.millis(block.number));
        long delay = stream.spec().delayNanos();
        return age > delay - Math.max((long) (LAST_SHARE * delay), LAST_NANOS);
    }

    private boolean mayHave(long now, Link link, long number) {
        Status status = link.status;
        return status != null
                && mayGive(now, link, status)
                && status.tail() <= number
                && link.headNow(now, stream.spec().blockNanos()) >= number;
    }

    private boolean mayGive(long now, Link link, Status status) {
        return !status.has(Status.FLAG_NO_UPLOAD)
                && now >= link.repairAgainAt
                && link.probesUnanswered == 0
                && !stream.liars.doubts(now, link);
    }
}
