// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.stream.IntStream;

/**
 * A systematic Reed-Solomon code, K of N, over GF(2^8): any K of the N symbols of a block rebuild
 * it, and no fewer do. Byte-identical with Backblaze JavaReedSolomon.
 *
 * <p>A block is an array that holds its K source symbols, symbolBytes each, one after the other
 * from index 0; symbol ESI of 0..K-1 is that stretch of it, ESI of K..N-1 are repair symbols.
 * Every array is borrowed for the call. Immutable and thread-safe.
 */
public final class ErasureCode {
    /** Distinct ESIs of a block at most, 0..254, as in RFC 5510 with m = 8. */
    public static final int MAX_SYMBOLS = 255;

    private final int k;
    private final int n;
    private final Kernel kernel;

    /** Row esi - k makes the repair symbol esi. */
    private final byte[][] repairRows;

    /** The code with the kernel that {@link Kernels#chosen} names, at each call anew. */
    public ErasureCode(int k, int n) {
        this(k, n, Kernels.following());
    }

    /**
     * The code with a kernel of the caller's choice.
     *
     * @param k source symbols, 1..n
     * @param n all symbols, k..255
     * @throws IllegalArgumentException if k or n is out of its range
     */
    public ErasureCode(int k, int n, Kernel kernel) {
        Check.range("N", n, 1, MAX_SYMBOLS);
        Check.range("K", k, 1, n);
        this.k = k;
        this.n = n;
        this.kernel = kernel;
        Interpolation source = new Interpolation(IntStream.range(0, k).toArray());
        this.repairRows = IntStream.range(k, n).mapToObj(source::row).toArray(byte[][]::new);
    }

    /** Source symbols of a block. */
    public int k() {
        return k;
    }

    /** Symbols of a block, source and repair. */
    public int n() {
        return n;
    }

    /** A copy of the k coefficients that make a symbol from the source symbols. */
    public byte[] row(int esi) {
        Check.range("ESI", esi, 0, n - 1);
        if (esi >= k) {
            return repairRows[esi - k].clone();
        }
        byte[] row = new byte[k];
        row[esi] = 1;
        return row;
    }

    /**
     * Makes one symbol of a block: a copy for a source symbol, one dot product for a repair symbol.
     *
     * @param block k * symbolBytes bytes, borrowed and unchanged
     * @param out receives the symbol at outOffset .. outOffset + symbolBytes; the same array as
     *     block only beyond the block's own bytes
     * @throws IllegalArgumentException if the ESI is not of 0..n-1 or an array is too short
     */
    public void encode(int esi, byte[] block, int symbolBytes, byte[] out, int outOffset) {
        Check.range("ESI", esi, 0, n - 1);
        Check.symbols("block", block, k, symbolBytes);
        Check.room("out", out, outOffset, symbolBytes);
        Check.beyond(out, outOffset, block, k * symbolBytes);
        if (esi < k) {
            System.arraycopy(block, esi * symbolBytes, out, outOffset, symbolBytes);
        } else {
            kernel.dot(repairRows[esi - k], block, symbolBytes, out, outOffset);
        }
    }

    /**
     * Prepares several symbols of every block for {@link #encode(Rows, byte[], int, byte[])}.
     *
     * @param esis each of 0..n-1; the i-th goes to slot i of the output
     */
    public Rows rows(int... esis) {
        Rows rows = new Rows(esis.length);
        for (int i = 0; i < esis.length; i++) {
            rows.add(row(esis[i]), i);
        }
        return rows;
    }

    /**
     * Makes the prepared symbols of a block in as few passes over it as the kernel can.
     *
     * @param rows from {@link #rows} of a code of the same K
     * @param block k * symbolBytes bytes, borrowed and unchanged
     * @param out another array; receives the symbols one after the other from index 0
     */
    public void encode(Rows rows, byte[] block, int symbolBytes, byte[] out) {
        Check.symbols("block", block, k, symbolBytes);
        Check.symbols("out", out, rows.count(), symbolBytes);
        Check.distinct("out", out, "block", block);
        for (int i = 0; i < rows.count(); i++) {
            Check.range("coefficients of a row", rows.row(i).length, k, k);
        }
        kernel.multiply(rows, block, symbolBytes, out);
    }

    /**
     * A new encoder that makes these symbols of one block after another while the block fills; for
     * one thread.
     *
     * @param mostSymbolBytes length of the longest symbols of a block
     * @param esis repair symbols, each of k..n-1, all different
     */
    public ProgressiveEncoder progressive(int mostSymbolBytes, int... esis) {
        return new ProgressiveEncoder(this, kernel, mostSymbolBytes, esis);
    }

    /** A new decoder for blocks of this code, for one thread. */
    public Decoder decoder() {
        return new Decoder(this, kernel);
    }
}
