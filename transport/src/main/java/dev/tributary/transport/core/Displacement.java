// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Admission;
import dev.tributary.standby.PushDown;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes room in a full node: a receiver moves down to a newcomer that can pass its ESI on. */
final class Displacement {
    /** A displaced receiver is served for so long at most, then it stays where it is. */
    private static final long MOVE_NANOS = 3_000_000_000L;

    private static final long REVOKE_AGAIN_NANOS = 400_000_000;

    /** A newcomer's claimed uplink is believed so many moves at a time. */
    private static final int MOVES_AT_ONCE = 2;

    private final StreamNode stream;
    private final Receivers receivers;
    private final Admission admission;

    Displacement(StreamNode stream, Receivers receivers, Admission admission) {
        this.stream = stream;
        this.receivers = receivers;
        this.admission = admission;
    }

    /**
     * Takes a slot back for a newcomer that can pass the substream on; null where there is none.
     */
    @Nullable
    Supply pushDown(long now, Link newcomer, Subscribe wish, int esi) {
        int inMotion = 0;
        int forNewcomer = 0;
        List<PushDown.Supplied> supplied = new ArrayList<>();
        for (Supply s : receivers.all()) {
            inMotion += s.moving() ? 1 : 0;
            forNewcomer += s.moving() && s.movedFor == newcomer.node() ? 1 : 0;
            supplied.add(new PushDown.Supplied(
                    s.link.path,
                    s.esi,
                    s.link.supplied.size(),
                    uploads(s.link),
                    passedOn(s),
                    s.moving() || s.held));
        }
        int most = Math.max(1, admission.reserve());
        Peer peer = newcomer.peer;
        boolean able = wish.freeSlots() > forNewcomer;
        if (peer == null
                || peer.record == null
                || !able
                || inMotion >= most
                || forNewcomer >= MOVES_AT_ONCE
                || receivers.all().size() >= admission.slots()) {
            return null;
        }
        int carries = newcomer.supplied.size();
        int victim = PushDown.victim(supplied, newcomer.path, carries, e -> e == esi);
        if (victim < 0) {
            victim = PushDown.victim(
                    supplied,
                    newcomer.path,
                    carries,
                    e -> !wish.esis().contains(e)
                            && !receivers.supplies(newcomer, e)
                            && stream.suppliers.find(newcomer, e) == null);
        }
        if (victim < 0) {
            return null;
        }
        Supply moved = receivers.all().get(victim);
        Supply supply = displace(now, moved, newcomer, wish);
        revoke(now, moved);
        return supply;
    }

    /**
     * Lets two nodes change places: the asker, from whom others take the ESI, gets the slot of a
     * receiver that passes it on to nobody; that one is sent to the asker's supplier so far. So
     * those who carry much come near the source, and each exchange makes the tree less deep.
     */
    @Nullable
    Supply exchange(long now, Link asker, Subscribe wish, int esi) {
        Peer successor = stream.membership.peer(wish.dead());
        int most = Math.max(1, stream.spec().k() / 4);
        if (successor == null
                || asker.supplied.size() >= most
                || receivers.all().size() > admission.slots()) {
            return null;
        }
        Supply leaf = null;
        for (Supply s : receivers.all()) {
            boolean others = s.link != asker && s.link.node() != successor.node;
            boolean idle = s.esi == esi && !s.held && !s.moving() && !passedOn(s);
            if (others && idle && (leaf == null || !uploads(s.link))) {
                leaf = s;
            }
        }
        if (leaf == null) {
            return null;
        }
        Supply supply = displace(now, leaf, asker, wish);
        leaf.movedTo = successor;
        revoke(now, leaf);
        return supply;
    }

    private Supply displace(long now, Supply victim, Link newcomer, Subscribe wish) {
        victim.movingUntil = now + MOVE_NANOS;
        victim.movedFor = newcomer.node();
        stream.counters.add(Counter.PUSH_DOWNS);
        stream.note(
                now,
                "push-down: esi " + victim.esi + " of " + victim.link.name() + " to "
                        + newcomer.name());
        Supply supply = receivers.add(now, newcomer, victim.esi);
        receivers.start(now, supply, wish);
        victim.movedTo = newcomer.peer;
        return supply;
    }

    /** Says it once more until the receiver has moved: a datagram may be lost. */
    void revoke(long now, Supply s) {
        Peer peer = s.movedTo;
        if (peer != null && now >= s.revokeAt) {
            s.revokeAt = now + REVOKE_AGAIN_NANOS;
            Peer other = stream.membership.peer(s.movedFor);
            List<Long> successors = other == null || other == peer
                    ? List.of(peer.node)
                    : List.of(peer.node, other.node);
            stream.post.send(s.link, new Revoke(Revoke.PUSH_DOWN, List.of(s.esi), successors));
        }
    }

    private static boolean uploads(Link link) {
        Status status = link.status;
        return status == null || !status.has(Status.FLAG_NO_UPLOAD);
    }

    /** Whom others depend on least: this one, or another if it has takers by now; null for none. */
    @Nullable
    Supply leaf(Supply first) {
        Supply leaf = null;
        for (Supply s : receivers.all()) {
            if (!s.held && !s.moving() && !passedOn(s) && leaf != first) {
                leaf = s;
            }
        }
        return leaf;
    }

    private static boolean passedOn(Supply s) {
        Status status = s.link.status;
        if (status != null) {
            for (Status.Offer offer : status.offers()) {
                if (offer.esi() == s.esi) {
                    return (offer.flags() & Status.Offer.PASSED_ON) != 0;
                }
            }
        }
        return false;
    }
}
