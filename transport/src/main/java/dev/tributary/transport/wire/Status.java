// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * How a node stands in a stream; in answers to probes and once a second to everyone it deals with.
 *
 * @param flags the FLAG constants
 * @param head newest complete block, -1 before the first; 32 bits on the wire
 * @param tail oldest block still kept
 * @param sourceMillis the source's clock as this node reckons it, stream time
 * @param freeSlots substreams it could supply further
 * @param slots substreams it can supply in all
 * @param buildDepth depth of a substream that it would build, 0 where it does not build
 * @param manifestDepth hops of a manifest from the source when it comes from this node, 0 when it
 *     gets none
 * @param offers ESIs it gets, best first
 * @param upstreams for ESIs that it supplies to the reader: who supplies it
 */
public record Status(
        int flags,
        long head,
        long tail,
        long sourceMillis,
        int freeSlots,
        int slots,
        int buildDepth,
        int manifestDepth,
        List<Offer> offers,
        List<Upstream> upstreams) {
    public static final int FLAG_LEAVING = 1;
    public static final int FLAG_NO_UPLOAD = 2;
    public static final int FLAG_STARTED = 4;

    /**
     * One ESI that a node gets.
     *
     * @param depth at which the node would send it
     * @param flags STARVED, PASSED_ON
     */
    public record Offer(int esi, int depth, int flags) {
        /** The node waits for this ESI itself. */
        public static final int STARVED = 1;

        /** The node has receivers for this ESI. */
        public static final int PASSED_ON = 2;
    }

    /** Who supplies an ESI to the sender of the status. */
    public record Upstream(int esi, long node) {}

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    static Status read(WireReader in) {
        int flags = in.u8();
        long head = in.u32();
        long tail = in.u32();
        long sourceMillis = in.u32();
        int free = in.u16();
        int slots = in.u16();
        int build = in.u8();
        int manifests = in.u8();
        int offerCount = in.u8();
        List<Offer> offers = new ArrayList<>(Math.min(offerCount, in.remaining() / 3));
        for (int i = 0; i < offerCount && !in.failed(); i++) {
            offers.add(new Offer(in.u8(), in.u8(), in.u8()));
        }
        int upstreamCount = in.u8();
        if (upstreamCount > Wire.MAX_UPSTREAMS) {
            in.fail();
        }
        List<Upstream> upstreams = new ArrayList<>(Math.min(upstreamCount, in.remaining() / 9));
        for (int i = 0; i < upstreamCount && !in.failed(); i++) {
            upstreams.add(new Upstream(in.u8(), in.u64()));
        }
        return new Status(
                flags, head, tail, sourceMillis, free, slots, build, manifests, offers, upstreams);
    }

    void write(WireWriter out) {
        out.u8(flags)
                .u32(head)
                .u32(tail)
                .u32(sourceMillis)
                .u16(freeSlots)
                .u16(slots)
                .u8(buildDepth)
                .u8(manifestDepth);
        out.u8(offers.size());
        for (Offer offer : offers) {
            out.u8(offer.esi).u8(offer.depth).u8(offer.flags);
        }
        out.u8(upstreams.size());
        for (Upstream upstream : upstreams) {
            out.u8(upstream.esi).u64(upstream.node);
        }
    }
}
