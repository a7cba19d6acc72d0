// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

/**
 * A node that could supply, as the choice sees it.
 *
 * @param node the caller's number for it
 * @param depths by ESI: the depth at which the node would send it, 0 where it does not offer it
 * @param buildDepth the depth at which it would send an ESI that it builds, 0 where it builds none
 * @param order by ESI: place in the node's own order of preference, smaller is better
 * @param carries substreams that this node carries for us already, asked ones included
 * @param freeSlots substreams that it could still take on, or take back from others for us
 * @param full whether it would have to take them back from others
 * @param rttNanos round trip time
 */
public record Candidate(
        int node,
        byte[] depths,
        int buildDepth,
        byte[] order,
        int carries,
        int freeSlots,
        boolean full,
        long rttNanos) {

    /** The depth at which the node would send an ESI, 0 when it would not. */
    public int depth(int esi) {
        int received = depths[esi] & 0xFF;
        return received > 0 ? received : buildDepth;
    }

    public boolean receives(int esi) {
        return depths[esi] != 0;
    }
}
