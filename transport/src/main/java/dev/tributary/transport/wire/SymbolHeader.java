// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/**
 * The body of a symbol frame, read in place: block 4, ESI 1, depth 1, flags 1, block bytes 3, source
 * time 4, then the symbol. One instance is reused for every datagram.
 */
public final class SymbolHeader {
    /** Bytes before the symbol itself. */
    public static final int BYTES = 14;

    /** A player may start at this block. */
    public static final int JOIN_POINT = 1;

    /** The answer to a repair request: says nothing of how well the substream flows. */
    public static final int REPAIRED = 2;

    /** The block is older than what the sender sends live. */
    public static final int BACKFILL = 4;

    private long blockLow;
    private int esi;
    private int depth;
    private int flags;
    private int blockBytes;
    private long sourceMillisLow;
    private int symbolBytes;

    /** Takes the header from a frame's body; what remains in the reader is the symbol. */
    public boolean read(WireReader in) {
        blockLow = in.u32();
        esi = in.u8();
        depth = in.u8();
        flags = in.u8();
        blockBytes = in.u24();
        sourceMillisLow = in.u32();
        symbolBytes = in.remaining();
        return !in.failed();
    }

    /** Writes a frame header and this header; the caller puts the symbol behind it. */
    public static void write(
            WireWriter out, long block, int packedEsiDepthFlags, int blockBytes, long millis) {
        out.u32(block).u24(packedEsiDepthFlags).u24(blockBytes).u32(millis);
    }

    /** ESI, depth and flags as they lie on the wire. */
    public static int pack(int esi, int depth, int flags) {
        return esi << 16 | Math.min(depth, 255) << 8 | flags;
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
