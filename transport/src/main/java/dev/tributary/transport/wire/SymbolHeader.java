// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/**
 * The body of a symbol frame, read in place: block 4, ESI 1, depth 1, flags 1, hop count 1, block
 * bytes 3, source time 4, then the symbol. One instance is reused for every datagram.
 */
public final class SymbolHeader {
    /** Bytes before the symbol itself. */
    public static final int BYTES = 15;

    /** A player may start at this block. */
    public static final int JOIN_POINT = 1;

    /** The answer to a repair request: says nothing of how well the substream flows. */
    public static final int REPAIRED = 2;

    /** The block is older than what the sender sends live. */
    public static final int BACKFILL = 4;

    /** The sender has compared the symbol with the source's digests. */
    public static final int CHECKED = 8;

    private long blockLow;
    private int esi;
    private int depth;
    private int flags;
    private int hop;
    private int blockBytes;
    private long sourceMillisLow;
    private int symbolBytes;

    /** Takes the header from a frame's body; what remains in the reader is the symbol. */
    public boolean read(WireReader in) {
        blockLow = in.u32();
        esi = in.u8();
        depth = in.u8();
        flags = in.u8();
        hop = in.u8();
        blockBytes = in.u24();
        sourceMillisLow = in.u32();
        symbolBytes = in.remaining();
        return !in.failed();
    }

    /**
     * Writes this header; the caller puts the symbol behind it. {@code packed}: see {@link #pack}.
     */
    public static void write(WireWriter out, long block, int packed, int blockBytes, long millis) {
        out.u32(block).u32(packed).u24(blockBytes).u32(millis);
    }

    /** ESI, depth, flags and hop count as they lie on the wire. */
    public static int pack(int esi, int depth, int flags, int hop) {
        return (esi << 24) | (Math.min(depth, 255) << 16) | (flags << 8) | (hop & 0xFF);
    }

    /** The ESI in a packed word. */
    public static int packedEsi(int packed) {
        return packed >>> 24;
    }

    /** The same word with a flag more. */
    public static int packedWith(int packed, int flag) {
        return packed | (flag << 8);
    }

    /**
     * Counts the live symbols of this substream on this hop, modulo 256: a gap in it is a loss on
     * this hop, a missing block without a gap is a loss further up.
     */
    public int hop() {
        return hop;
    }

    public long blockLow() {
        return blockLow;
    }

    public int esi() {
        return esi;
    }

    public int depth() {
        return depth;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    public int blockBytes() {
        return blockBytes;
    }

    public long sourceMillisLow() {
        return sourceMillisLow;
    }

    public int symbolBytes() {
        return symbolBytes;
    }
}
