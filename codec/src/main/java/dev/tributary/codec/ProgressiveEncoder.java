// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.Arrays;

/**
 * Makes some repair symbols of a block while the block fills: each source symbol is folded into all
 * of them when it is there, so that nothing but the last one is left to do at the end.
 *
 * <p>Folding needs the length of the symbols, which is known from the start for a full block and
 * wherever the block's own length is. A block that is closed early has shorter symbols; what was
 * folded at the length of a full one is of no use then, and {@link #finish} makes the symbols of
 * the short block in one pass, as {@link ErasureCode#encode(Rows, byte[], int, byte[])} would.
 *
 * <p>Every array is borrowed for the call and unchanged unless it says otherwise. Allocates only
 * when it is made. Not thread-safe: one for each block that fills at the same time.
 */
public final class ProgressiveEncoder {
    private static final int ABSENT = -1;

    /** So that all symbols of a block fit into an array. */
    private static final int MOST_SYMBOL_BYTES = Integer.MAX_VALUE / ErasureCode.MAX_SYMBOLS;

    private final ErasureCode code;
    private final Kernel kernel;
    private final int mostSymbolBytes;
    private final Rows rows;

    /** For each ESI, the slot of its sum, or ABSENT. */
    private final int[] slots;

    /** For each source symbol, its coefficients in all sums. */
    private final byte[][] columns;

    private final byte[] sums;

    /** Which source symbols are in the sums. */
    private final boolean[] folded;

    private int foldedCount;

    /** All source symbols before this one are folded. */
    private int nextWhole;

    private int symbolBytes;

    ProgressiveEncoder(ErasureCode code, Kernel kernel, int mostSymbolBytes, int[] esis) {
        Check.range("mostSymbolBytes", mostSymbolBytes, 1, MOST_SYMBOL_BYTES);
        this.code = code;
        this.kernel = kernel;
        this.mostSymbolBytes = mostSymbolBytes;
        this.slots = slots(code, esis);
        this.rows = code.rows(esis);
        this.columns = new byte[code.k()][esis.length];
        for (int slot = 0; slot < esis.length; slot++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][slot] = rows.row(slot)[j];
            }
        }
        this.sums = new byte[esis.length * mostSymbolBytes];
        this.folded = new boolean[code.k()];
        begin(mostSymbolBytes);
    }

    private static int[] slots(ErasureCode code, int[] esis) {
        int[] slots = new int[code.n()];
        Arrays.fill(slots, ABSENT);
        for (int slot = 0; slot < esis.length; slot++) {
            Check.range("repair ESI", esis[slot], code.k(), code.n() - 1);
            if (slots[esis[slot]] != ABSENT) {
                throw new IllegalArgumentException("ESI " + esis[slot] + " is there twice");
            }
            slots[esis[slot]] = slot;
        }
        return slots;
    }

    /**
     * Begins the next block and forgets the last one.
     *
     * @param symbolBytes length of the block's symbols as far as it is known, 1 up to the most this
     *     encoder was made for
     */
    public void begin(int symbolBytes) {
        Check.range("symbolBytes", symbolBytes, 1, mostSymbolBytes);
        this.symbolBytes = symbolBytes;
        Arrays.fill(sums, 0, rows.count() * symbolBytes, (byte) 0);
        Arrays.fill(folded, false);
        foldedCount = 0;
        nextWhole = 0;
    }

    /**
     * Folds one source symbol, in any order, each once a block.
     *
     * @param esi the source symbol, 0..k-1
     * @param symbol symbolBytes bytes from symbolOffset on
     * @throws IllegalArgumentException if it is no source symbol, is folded already, or the array
     *     is too short; nothing is changed then
     */
    public void fold(int esi, byte[] symbol, int symbolOffset) {
        Check.range("ESI of a source symbol", esi, 0, code.k() - 1);
        Check.room("symbol", symbol, symbolOffset, symbolBytes);
        if (folded[esi]) {
            throw new IllegalArgumentException("ESI " + esi + " is folded already");
        }
        kernel.accumulate(columns[esi], symbol, symbolOffset, symbolBytes, sums);
        folded[esi] = true;
        foldedCount++;
    }

    /**
     * Folds the source symbols of a block that have become whole since the last call; the bytes of
     * whole symbols must not change any more.
     *
     * @param block the block's bytes from index 0 on
     * @param size how many there are so far
     * @return how many source symbols are folded
     */
    public int fold(byte[] block, int size) {
        Check.room("block", block, 0, size);
        while (nextWhole < code.k() && (long) (nextWhole + 1) * symbolBytes <= size) {
            foldMissing(nextWhole, block);
            nextWhole++;
        }
        return foldedCount;
    }

    /**
     * Ends the block: after this all repair symbols are there.
     *
     * @param block the whole block, k * symbolBytes bytes; with those that were folded in it
     * @param symbolBytes length of its symbols; if it is not the one that the block began with, all
     *     symbols are made anew
     */
    public void finish(byte[] block, int symbolBytes) {
        Check.range("symbolBytes", symbolBytes, 1, mostSymbolBytes);
        Check.symbols("block", block, code.k(), symbolBytes);
        if (symbolBytes == this.symbolBytes) {
            for (int esi = 0; esi < code.k(); esi++) {
                foldMissing(esi, block);
            }
        } else {
            kernel.multiply(rows, block, symbolBytes, sums);
            this.symbolBytes = symbolBytes;
            Arrays.fill(folded, true);
            foldedCount = code.k();
        }
    }

    /** Whether all source symbols are folded, so that the repair symbols are there. */
    public boolean finished() {
        return foldedCount == code.k();
    }

    /**
     * Copies a repair symbol out.
     *
     * @param esi one of those that this encoder makes
     * @param out receives the symbol at outOffset .. outOffset + symbolBytes
     * @throws IllegalStateException if source symbols are missing
     */
    public void symbol(int esi, byte[] out, int outOffset) {
        Check.range("ESI", esi, 0, slots.length - 1);
        if (slots[esi] == ABSENT) {
            throw new IllegalArgumentException("ESI " + esi + " is not made here");
        }
        Check.room("out", out, outOffset, symbolBytes);
        if (!finished()) {
            throw new IllegalStateException(
                    foldedCount + " source symbols are folded, of " + code.k());
        }
        System.arraycopy(sums, slots[esi] * symbolBytes, out, outOffset, symbolBytes);
    }

    private void foldMissing(int esi, byte[] block) {
        if (!folded[esi]) {
            fold(esi, block, esi * symbolBytes);
        }
    }
}
