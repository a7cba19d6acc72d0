// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayList;
import java.util.List;

/** Takes the figures of a stream together. */
final class Snapshots {
    private Snapshots() {}

    static StreamSnapshot of(StreamNode stream) {
        Playback playback = stream.playback;
        long startup = playback != null && playback.isStarted()
                ? playback.startedAt() - stream.startedAt()
                : -1;
        return new StreamSnapshot(
                counters(stream),
                stream.suppliers.flowing(),
                stream.receivers.all().size(),
                startup,
                suppliers(stream),
                receivers(stream),
                stream.losses.takeovers(),
                stream.membership.size(),
                stream.membership.standbys.size(),
                stream.blocks.newestComplete(),
                stream.liars.nodes());
    }

    private static long[] counters(StreamNode stream) {
        long[] counters = stream.counters.copy();
        counters[Counter.SYMBOLS_BUILT.ordinal()] = stream.blocks.builtCount();
        return counters;
    }

    private static List<StreamSnapshot.Peer> suppliers(StreamNode stream) {
        List<StreamSnapshot.Peer> peers = new ArrayList<>();
        for (Link link : stream.links.open()) {
            List<Integer> esis = new ArrayList<>();
            int depth = 0;
            for (Subscription s : stream.suppliers.all()) {
                if (s.link == link && s.active()) {
                    esis.add(s.esi);
                    depth = Math.max(depth, s.depth);
                }
            }
            if (!esis.isEmpty() || link.symbolBytesIn > 0) {
                peers.add(peer(link, esis, link.symbolBytesIn, depth));
            }
        }
        return peers;
    }

    private static List<StreamSnapshot.Peer> receivers(StreamNode stream) {
        List<StreamSnapshot.Peer> peers = new ArrayList<>();
        for (Link link : stream.links.open()) {
            List<Integer> esis = new ArrayList<>();
            int depth = 0;
            for (Supply s : link.supplied) {
                if (!s.held) {
                    esis.add(s.esi);
                    depth = Math.max(depth, stream.suppliers.sendDepth(s.esi));
                }
            }
            if (!esis.isEmpty()) {
                peers.add(peer(link, esis, 0, depth));
            }
        }
        return peers;
    }

    private static StreamSnapshot.Peer peer(Link link, List<Integer> esis, long bytes, int depth) {
        Peer peer = link.peer;
        Role role = peer == null ? Role.VIEWER : peer.role;
        return new StreamSnapshot.Peer(link.node(), link.endpoint, role, esis, bytes, depth);
    }
}
