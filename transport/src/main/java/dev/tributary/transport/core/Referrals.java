// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.List;

/** Whom this node names to those whom it cannot help itself, or no longer. */
final class Referrals {
    /** Who was told alternatives is not told again before. */
    private static final long HELPED_NANOS = 500_000_000;

    private final StreamNode stream;
    private int rotation;

    Referrals(StreamNode stream) {
        this.stream = stream;
    }

    /**
     * For a refusal: nodes heard of within 2 s, rotated; first who said to have room, then our own
     * receivers. In a crowd only the newest nodes have room, and they do not know each other yet.
     * Only who can be given the record of is named.
     */
    List<Long> alternatives(long now, Link asker) {
        List<Long> roomy = new ArrayList<>();
        List<Long> own = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        if (now - asker.helpedAt < HELPED_NANOS) {
            return own;
        }
        asker.helpedAt = now;
        List<Link> open = stream.links.open();
        rotation++;
        for (int i = 0; i < open.size(); i++) {
            Link link = open.get((i + rotation) % open.size());
            Peer peer = link.peer;
            Status status = link.status;
            boolean able = status == null || !status.has(Status.FLAG_NO_UPLOAD);
            if (peer != null
                    && peer.record != null
                    && link != asker
                    && able
                    && now - link.heardAt < Membership.ALTERNATIVE_AGE_NANOS) {
                boolean room = status != null && status.freeSlots() > 0;
                (room ? roomy : !link.supplied.isEmpty() ? own : others).add(peer.node);
            }
        }
        roomy.addAll(own);
        roomy.addAll(others);
        return roomy.subList(0, Math.min(roomy.size(), Wire.MAX_ALTERNATIVES));
    }

    /** For a receiver that must move: our own supplier of its substream first. */
    List<Long> successors(long now, Link receiver, List<Integer> esis) {
        List<Long> nodes = new ArrayList<>();
        for (int esi : esis) {
            Subscription s = stream.suppliers.active(esi);
            Peer peer = s == null || s.link == receiver ? null : s.link.peer;
            if (peer != null
                    && peer.record != null
                    && !nodes.contains(peer.node)
                    && nodes.size() < Wire.MAX_ALTERNATIVES / 2) {
                nodes.add(peer.node);
            }
        }
        for (long node : alternatives(now, receiver)) {
            if (nodes.size() < Wire.MAX_ALTERNATIVES && !nodes.contains(node)) {
                nodes.add(node);
            }
        }
        return nodes;
    }
}
