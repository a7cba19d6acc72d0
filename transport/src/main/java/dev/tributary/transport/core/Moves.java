// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Message.Subscribe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Substreams that their supplier wants elsewhere: it leaves, or it pushes us down. */
final class Moves {
    /** One whose successor is not linked yet. */
    private record Move(
            Subscription old, boolean leaving, List<Long> successors, long untilNanos) {}

    private final StreamNode stream;
    private final Planner planner;
    private final List<Move> moves = new ArrayList<>();

    Moves(StreamNode stream, Planner planner) {
        this.stream = stream;
        this.planner = planner;
    }

    boolean pending() {
        return !moves.isEmpty();
    }

    /** To one of the successors if one can be reached. */
    void add(long now, Subscription old, boolean leaving, List<Long> successors) {
        for (Move move : moves) {
            if (move.old == old) {
                return;
            }
        }
        moves.add(new Move(old, leaving, successors, now + 2 * Receivers.HOLD_NANOS));
        planner.soon();
    }

    void onDeadline(long now) {
        for (Move move : new ArrayList<>(moves)) {
            Subscription old = move.old;
            if (old.phase == Subscription.Phase.GONE || now > move.untilNanos) {
                moves.remove(move);
            } else if (!old.beingReplaced) {
                Link next = successor(now, move);
                if (next != null) {
                    go(now, move, next);
                }
            }
        }
    }

    /** The slot of a supplier that leaves is free for us at its own supplier. */
    private void go(long now, Move move, Link next) {
        Subscription old = move.old;
        String reason = move.leaving ? "supplier leaves" : "pushed down";
        Loss loss = new Loss(old.esi, old.link.node(), reason, now, false);
        Suppliers.Wish wish = new Suppliers.Wish(
                Subscribe.SENT_BY_SUPPLIER,
                stream.suppliers.firstMissing(old),
                move.leaving ? old.link.node() : leaver(move));
        stream.suppliers.replace(now, old, next, wish, loss);
    }

    /** Who leaves the slot that is for us, 0 where the successor has one free. */
    private static long leaver(Move move) {
        return move.successors.size() > 1 ? move.successors.get(1) : 0;
    }

    private @Nullable Link successor(long now, Move move) {
        int most = move.leaving ? move.successors.size() : 1;
        for (long node : move.successors.subList(0, Math.min(most, move.successors.size()))) {
            Link link = usable(node, move.old.esi);
            if (link != null && link != move.old.link && now >= link.askAgainAt) {
                return link;
            }
        }
        return move.leaving ? planner.standby(now, move.old) : null;
    }

    /**
     * Whether a node is worth asking for an ESI: known, linked, and not our own receiver of it.
     */
    private @Nullable Link usable(long node, int esi) {
        Link link = stream.membership.linkOf(node);
        return link != null && link.isOpen() && !stream.receivers.supplies(link, esi) ? link : null;
    }
}
