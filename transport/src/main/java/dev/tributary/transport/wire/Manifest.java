// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What the source vouches for: the stream's parameters and a run of blocks with their digests. On
 * the wire the source's signature follows.
 *
 * @param epochMillis when the source began, milliseconds of Unix time; a later epoch is a new
 *     start of the stream
 * @param sequence number of this manifest in its epoch, from 0; 32 bits on the wire
 * @param sourceMillis the source's clock when it signed; 48 bits on the wire
 * @param k symbols that rebuild a block
 * @param n distinct symbols of a block
 * @param symbolBytes largest symbol
 * @param bitsPerSecond declared peak rate
 * @param closed whether the stream takes a ticket
 * @param encrypted whether blocks were encrypted before they were coded
 * @param salt known to nobody before this manifest is out; goes into the digests of symbols
 * @param firstBlock number of the first of the blocks, which are consecutive
 */
public record Manifest(
        long epochMillis,
        long sequence,
        long sourceMillis,
        int k,
        int n,
        int symbolBytes,
        long bitsPerSecond,
        boolean closed,
        boolean encrypted,
        long salt,
        long firstBlock,
        List<Vouched> blocks) {
    /** More does not fit into a datagram at any K. */
    public static final int MAX_BLOCKS = 60;

    /** Of each source symbol's digest. */
    public static final int SYMBOL_DIGEST_BYTES = 6;

    public static final int SIGNATURE_BYTES = 64;

    private static final int HEADER_BYTES = 8 + 4 + 6 + 1 + 1 + 2 + 4 + 1 + 8 + 8 + 1;

    private static final int BLOCK_BYTES = 1 + 3 + 2 + 16;

    private static final int CLOSED = 1;
    private static final int ENCRYPTED = 2;

    private static final int JOIN_POINT = 1;

    /** A block is at most so much older than its manifest. */
    private static final int MAX_AGE_MILLIS = 65_535;

    /**
     * One block.
     *
     * @param bytes of media in it
     * @param millis its source time
     * @param digestHigh first 8 bytes of its digest
     * @param digestLow the 8 bytes after those
     * @param symbols digests of its K source symbols, 48 bits each
     */
    public record Vouched(
            int bytes,
            long millis,
            boolean joinPoint,
            long digestHigh,
            long digestLow,
            long[] symbols) {}

    /** Bytes of a manifest of so many blocks, signature included. */
    public static int bytes(int k, int blocks) {
        return HEADER_BYTES + blocks * (BLOCK_BYTES + k * SYMBOL_DIGEST_BYTES) + SIGNATURE_BYTES;
    }

    /** How many blocks fit into a datagram of ours behind its headers, a depth and a length. */
    public static int capacity(int k) {
        int room = Wire.MAX_FRAMES_BYTES - Wire.FRAME_HEADER_BYTES - 3;
        int block = BLOCK_BYTES + k * SYMBOL_DIGEST_BYTES;
        return Math.min(MAX_BLOCKS, (room - bytes(k, 0)) / block);
    }

    /** The number after that of the last block. */
    public long endBlock() {
        return firstBlock + blocks.size();
    }

    /** Writes all but the signature. */
    public void write(WireWriter out) {
        out.u64(epochMillis).u32(sequence).u48(sourceMillis);
        out.u8(k)
                .u8(n)
                .u16(symbolBytes)
                .u32(bitsPerSecond)
                .u8((closed ? CLOSED : 0) | (encrypted ? ENCRYPTED : 0))
                .u64(salt)
                .u64(firstBlock)
                .u8(blocks.size());
        for (Vouched block : blocks) {
            long age = Math.min(MAX_AGE_MILLIS, Math.max(0, sourceMillis - block.millis));
            out.u8(block.joinPoint ? JOIN_POINT : 0).u24(block.bytes).u16((int) age);
            out.u64(block.digestHigh).u64(block.digestLow);
            for (long symbol : block.symbols) {
                out.u48(symbol);
            }
        }
    }

    /** Reads all but the signature; the reader has failed when the bytes are no manifest. */
    public static Manifest read(WireReader in) {
        long epoch = in.u64();
        long sequence = in.u32();
        long millis = in.u48();
        int k = in.u8();
        int n = in.u8();
        int symbolBytes = in.u16();
        long rate = in.u32();
        int flags = in.u8();
        long salt = in.u64();
        long first = in.u64();
        int count = in.u8();
        if (k == 0 || flags > (CLOSED | ENCRYPTED) || count > MAX_BLOCKS || first < 0) {
            in.fail();
        }
        List<Vouched> blocks = new ArrayList<>(Math.min(count, MAX_BLOCKS));
        for (int i = 0; i < count && !in.failed(); i++) {
            blocks.add(vouched(in, k, millis));
        }
        boolean closed = (flags & CLOSED) != 0;
        boolean encrypted = (flags & ENCRYPTED) != 0;
        return new Manifest(
                epoch,
                sequence,
                millis,
                k,
                n,
                symbolBytes,
                rate,
                closed,
                encrypted,
                salt,
                first,
                blocks);
    }

    private static Vouched vouched(WireReader in, int k, long manifestMillis) {
        boolean join = (in.u8() & JOIN_POINT) != 0;
        int bytes = in.u24();
        long millis = manifestMillis - in.u16();
        long high = in.u64();
        long low = in.u64();
        if (in.remaining() < k * SYMBOL_DIGEST_BYTES) {
            in.fail();
            return new Vouched(bytes, millis, join, high, low, new long[0]);
        }
        long[] symbols = new long[k];
        for (int i = 0; i < k; i++) {
            symbols[i] = in.u48();
        }
        return new Vouched(bytes, millis, join, high, low, symbols);
    }
}
