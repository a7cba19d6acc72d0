// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;
import java.util.List;

/**
 * The figures of one stream at one node; counts are since the start.
 *
 * @param counters by {@link Counter#ordinal}
 * @param substreamsDown distinct substreams that flow here
 * @param substreamsUp substreams supplied from here
 * @param startupNanos from joining to the first block handed out, -1 before that
 * @param members nodes in the address book
 * @param standbys nodes probed and ready
 * @param headBlock newest complete block, -1 for none
 * @param liars nodes that were caught, the first of them first
 */
public record StreamSnapshot(
        long[] counters,
        int substreamsDown,
        int substreamsUp,
        long startupNanos,
        List<Peer> suppliers,
        List<Peer> receivers,
        List<Takeover> takeovers,
        int members,
        int standbys,
        long headBlock,
        List<Long> liars) {

    public long count(Counter counter) {
        return counters[counter.ordinal()];
    }

    /**
     * A supplier or a receiver.
     *
     * @param bytes of symbols from it, headers not included; 0 for receivers
     * @param depth largest depth among the ESIs
     */
    public record Peer(
            long node, Endpoint endpoint, Role role, List<Integer> esis, long bytes, int depth) {}

    /**
     * A substream that another supplier had to continue.
     *
     * @param atNanos since the stream was joined
     * @param durationNanos from the last symbol of the old to the first of the new supplier
     */
    public record Takeover(
            long atNanos, int esi, long from, long to, String reason, long durationNanos) {}
}
