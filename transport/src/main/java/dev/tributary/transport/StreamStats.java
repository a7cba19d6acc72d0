// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A snapshot of one stream at one node; numbers count from the start unless they say otherwise.
 *
 * @param blocksPlayed blocks handed to the player
 * @param bytesPlayed media bytes handed to the player
 * @param gapBlocks blocks that the player did not get
 * @param lateBlocks blocks that were complete only after their deadline
 * @param repairsAsked symbols asked for singly
 * @param repairsReceived symbols that came on such a request
 * @param repairsAnswered requests of others that were answered
 * @param repairsRefused requests of others that were refused
 * @param substreamsDown substreams taken now
 * @param substreamsUp substreams supplied to others now
 * @param startupNanos from joining to the first block played; -1 before
 * @param wireBytesIn all bytes received, UDP and IP headers included
 * @param wireBytesOut all bytes sent, UDP and IP headers included
 * @param controlBytesIn those that are neither symbol nor manifest
 * @param controlBytesOut those that are neither symbol nor manifest
 * @param duplicateSymbols symbols received that were there already
 * @param suppliers who supplies this node now
 * @param receivers who is supplied by this node now
 * @param takeovers the latest takeovers, oldest first
 * @param counters every other counter by name
 * @param members nodes of this stream in the address book
 * @param standbys probed nodes ready to take a substream over
 * @param delay how far behind the source blocks were played
 * @param headBlock the newest block this node can serve; -1 before the first
 */
public record StreamStats(
        long blocksPlayed,
        long bytesPlayed,
        long gapBlocks,
        long lateBlocks,
        long repairsAsked,
        long repairsReceived,
        long repairsAnswered,
        long repairsRefused,
        int substreamsDown,
        int substreamsUp,
        long startupNanos,
        long wireBytesIn,
        long wireBytesOut,
        long controlBytesIn,
        long controlBytesOut,
        long duplicateSymbols,
        List<Peer> suppliers,
        List<Peer> receivers,
        List<Takeover> takeovers,
        List<Count> counters,
        int members,
        int standbys,
        DelayPercentiles delay,
        long headBlock) {
    public StreamStats {
        suppliers = List.copyOf(suppliers);
        receivers = List.copyOf(receivers);
        takeovers = List.copyOf(takeovers);
        counters = List.copyOf(counters);
    }

    /**
     * The other end of a link.
     *
     * @param node its node id
     * @param address where it is reached
     * @param role SOURCE, RELAY or VIEWER
     * @param esis the substreams it supplies or takes
     * @param bytes symbol bytes that flowed on the link
     * @param depth hops from the source at which it supplies
     */
    public record Peer(
            long node,
            InetSocketAddress address,
            String role,
            List<Integer> esis,
            long bytes,
            int depth) {
        public Peer {
            esis = List.copyOf(esis);
        }
    }

    /**
     * A substream that moved from one supplier to another.
     *
     * @param atNanos when, since the stream was joined
     * @param esi which substream
     * @param from the node that supplied it
     * @param to the node that supplies it now
     * @param reason why it moved
     * @param durationNanos from the first doubt to the first symbol of the new supplier
     */
    public record Takeover(
            long atNanos, int esi, long from, long to, String reason, long durationNanos) {}

    /** A counter by name. */
    public record Count(String name, long value) {}

    /**
     * Delay behind the source at playout.
     *
     * @param p50Nanos median
     * @param p90Nanos 90th percentile
     * @param p99Nanos 99th percentile
     * @param maxNanos the largest
     * @param blocks how many blocks were measured
     */
    public record DelayPercentiles(
            long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos, long blocks) {}

    /** The value of a counter, 0 where nothing of that name was counted. */
    public long counter(String name) {
        for (Count count : counters) {
            if (count.name().equals(name)) {
                return count.value();
            }
        }
        return 0;
    }
}
