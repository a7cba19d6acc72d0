// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.stats;

import dev.tributary.transport.StreamStats;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What snapshots forget: the bytes of suppliers that are gone, and takeovers long past. */
public final class StreamHistory {
    /** A day of a restless swarm; older ones are only counted. */
    private static final int MOST_TAKEOVERS = 1_000;

    private final TreeMap<Long, Supplied> byNode = new TreeMap<>();
    private final List<StreamStats.Takeover> takeovers = new ArrayList<>();
    private long takeoverCount;

    /** Bytes of the links to a node that ended, and of the one that is there. */
    private record Supplied(StreamStats.Peer peer, long endedBytes) {
        long bytes() {
            return endedBytes + peer.bytes();
        }

        Supplied next(StreamStats.Peer now) {
            boolean newLink = now.bytes() < peer.bytes();
            return new Supplied(now, newLink ? bytes() : endedBytes);
        }
    }

    /** One supplier of this node, past or present. */
    public record Supplier(long node, String address, String role, long bytes) {}

    public void add(StreamStats stats) {
        for (StreamStats.Peer peer : stats.suppliers()) {
            Supplied before = byNode.get(peer.node());
            byNode.put(peer.node(), before == null ? new Supplied(peer, 0) : before.next(peer));
        }
        for (StreamStats.Takeover takeover : stats.takeovers()) {
            if (!takeovers.contains(takeover)) {
                takeovers.add(takeover);
                takeoverCount++;
            }
        }
        while (takeovers.size() > MOST_TAKEOVERS) {
            takeovers.removeFirst();
        }
    }

    public List<Supplier> suppliers() {
        return byNode.values().stream().map(StreamHistory::supplier).toList();
    }

    public List<StreamStats.Takeover> takeovers() {
        return List.copyOf(takeovers);
    }

    public long takeoverCount() {
        return takeoverCount;
    }

    private static Supplier supplier(Supplied supplied) {
        StreamStats.Peer peer = supplied.peer;
        String address = AddressText.of(peer.address());
        return new Supplier(peer.node(), address, peer.role(), supplied.bytes());
    }
}
