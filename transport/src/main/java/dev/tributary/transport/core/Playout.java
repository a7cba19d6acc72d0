// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/** What a player gets, in order: media, a gap where media should have been, the end. */
public sealed interface Playout {
    /**
     * A whole block, bit-exact.
     *
     * @param bytes the block's array, valid only during the call; the media are its first bytes
     * @param length bytes of media
     * @param joinPoint whether a player may start here
     * @param lagNanos how far behind the source's clock it is handed out
     */
    record Media(long block, byte[] bytes, int length, boolean joinPoint, long lagNanos)
            implements Playout {}

    /** Blocks that were not complete at their deadline. */
    record Gap(long firstBlock, long blocks, String cause) implements Playout {}

    /** The stream is over, and all before it was handed out. */
    record End(long blocks) implements Playout {}
}
