// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into blocks. When a block is closed for another reason than being full
 * is the caller's decision. Not thread-safe.
 */
public final class Segmenter {
    private final byte[] bytes;
    private final int blockBytes;
    private int size;

    /**
     * A segmenter for blocks of at most k * symbolBytes bytes.
     *
     * @param k source symbols of a block, 1..255
     * @param symbolBytes length of the symbols of a full block, at least 1
     * @param alignment a full block holds a multiple of as many bytes, 1..k * symbolBytes;
     *     188 keeps packets of an MPEG transport stream whole
     */
    public Segmenter(int k, int symbolBytes, int alignment) {
        Check.range("K", k, 1, ErasureCode.MAX_SYMBOLS);
        Check.range("symbolBytes", symbolBytes, 1, Integer.MAX_VALUE / ErasureCode.MAX_SYMBOLS);
        this.blockBytes = k * symbolBytes;
        Check.range("alignment", alignment, 1, blockBytes);
        this.bytes = new byte[blockBytes - blockBytes % alignment];
    }

    /** The length of the symbols of a block of so many bytes: as short as they can be. */
    public static int symbolBytes(int blockBytes, int k) {
        Check.range("block bytes", blockBytes, 0, Integer.MAX_VALUE);
        Check.range("K", k, 1, ErasureCode.MAX_SYMBOLS);
        return Math.max(1, blockBytes / k + (blockBytes % k == 0 ? 0 : 1));
    }

    /** Bytes of a full block. */
    public int capacity() {
        return bytes.length;
    }

    /** Bytes in the block so far. */
    public int size() {
        return size;
    }

    /** Whether the block takes no more bytes. */
    public boolean full() {
        return size == bytes.length;
    }

    /** Copies bytes into the block until it is full; returns how many it took. */
    public int append(byte[] source, int offset, int length) {
        Check.room("source", source, offset, length);
        int taken = Math.min(length, bytes.length - size);
        System.arraycopy(source, offset, bytes, size, taken);
        size += taken;
        return taken;
    }

    /**
     * Folds the source symbols that are whole by now into the repair symbols of the encoder.
     *
     * @param encoder has begun this block with the symbolBytes of a full one, which are
     *     {@link #symbolBytes(int, int)} of {@link #capacity()}, and goes on to {@link
     *     ProgressiveEncoder#finish} after {@link #close}
     */
    public void fold(ProgressiveEncoder encoder) {
        encoder.fold(bytes, size);
    }

    /**
     * Ends the block and begins the next one; returns the length of the ended one.
     *
     * @param block receives the bytes, and zeros after them up to k * symbolBytes; its symbols are
     *     {@link #symbolBytes(int, int)} long and follow one another
     */
    public int close(byte[] block) {
        Check.room("block", block, 0, blockBytes);
        System.arraycopy(bytes, 0, block, 0, size);
        Arrays.fill(block, size, blockBytes, (byte) 0);
        int length = size;
        size = 0;
        return length;
    }
}
