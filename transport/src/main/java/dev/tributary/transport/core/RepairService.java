// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;

/** Gives single symbols to those who miss them, as far as the upload cap allows. */
final class RepairService {
    private final StreamNode stream;

    RepairService(StreamNode stream) {
        this.stream = stream;
    }

    /** Answers a request, or refuses: the budget is spent, or the block is not here. */
    void onRequest(long now, Link link, Repair wish) {
        long number = Wire.widen(wish.block(), Math.max(0, stream.blocks.newest()));
        Block block = stream.blocks.find(number);
        boolean served = false;
        boolean here = false;
        boolean backlog = (wish.flags() & Repair.BACKLOG) != 0;
        for (int esi : wish.esis()) {
            boolean can = block != null && esi < stream.spec().n() && block.canGive(esi);
            here |= can;
            boolean gives = can
                    && (backlog
                            ? giveBacklog(link, wish, number, esi)
                            : giveRepair(now, link, wish, number, esi));
            if (gives) {
                stream.counters.add(
                        backlog ? Counter.SYMBOLS_BACKFILLED : Counter.REPAIRS_ANSWERED);
                served = true;
            }
        }
        if (!served) {
            stream.counters.add(Counter.REPAIRS_REFUSED);
        }
        if (!served && stream.uplink.mayRefuse(now)) {
            int reason = here ? RepairRefusal.BUSY : RepairRefusal.NOT_HERE;
            stream.post.send(link, new RepairRefusal(number, reason));
        }
    }

    /** What was lost between us goes before what others did not send. */
    private boolean giveRepair(long now, Link link, Repair wish, long block, int esi) {
        boolean owed = (wish.flags() & Repair.LOST) != 0 && stream.receivers.supplies(link, esi);
        return stream.uplink.offerRepair(now, link, block, esi, owed);
    }

    private boolean giveBacklog(Link link, Repair wish, long block, int esi) {
        boolean playing = (wish.flags() & Repair.PLAYING) != 0;
        int flags = SymbolHeader.REPAIRED | SymbolHeader.BACKFILL;
        int most = playing ? Distribution.MOST_BACKFILL : Distribution.MOST_BACKFILL / 2;
        return stream.uplink.backfillWaiting() < most
                && stream.uplink.offerBackfill(link, block, esi, flags);
    }
}
