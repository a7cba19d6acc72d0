// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.Arrays;

/**
 * Rebuilds blocks from any K of their symbols and checks symbols against rebuilt blocks.
 *
 * <p>The rows of an erasure pattern are kept in a bounded cache, so that a supplier that stays away
 * costs its arithmetic once. Allocates only for a pattern that is not in the cache. Not
 * thread-safe: one decoder per thread.
 */
public final class Decoder {
    private static final int ABSENT = -1;

    private final ErasureCode code;
    private final Kernel kernel;
    private final PatternCache patterns;

    /** The order that slots and rows are arranged for, if they are for any. */
    private final int[] arrangedEsis;

    private boolean arranged;

    /** For each ESI, the slot that holds its symbol, or ABSENT. */
    private final int[] slots;

    /** Coefficients of the lost symbols in the order of the slots. */
    private final byte[][] lostRows;

    private final Rows rows;
    private byte[] scratch = {};

    Decoder(ErasureCode code, Kernel kernel) {
        this.code = code;
        this.kernel = kernel;
        this.patterns = new PatternCache(code.k());
        this.arrangedEsis = new int[code.k()];
        this.slots = new int[code.n()];
        int mostLost = Math.min(code.k(), code.n() - code.k());
        this.lostRows = new byte[mostLost][code.k()];
        this.rows = new Rows(mostLost);
    }

    /**
     * Rebuilds a block: copies the source symbols that were received and computes the others.
     *
     * @param esis the ESIs of exactly k distinct symbols, in any order
     * @param symbols the symbol of esis[i] at i * symbolBytes; borrowed and unchanged
     * @param block another array; receives the k source symbols in order
     * @throws IllegalArgumentException if these are not k distinct symbols of the code or an array
     *     is too short; block is unchanged then
     */
    public void decode(int[] esis, byte[] symbols, int symbolBytes, byte[] block) {
        int k = code.k();
        Check.symbols("symbols", symbols, k, symbolBytes);
        Check.symbols("block", block, k, symbolBytes);
        Check.distinct("block", block, "symbols", symbols);
        if (!arranged || !Arrays.equals(esis, arrangedEsis)) {
            arrange(esis);
        }
        for (int esi = 0; esi < k; esi++) {
            if (slots[esi] != ABSENT) {
                System.arraycopy(
                        symbols, slots[esi] * symbolBytes, block, esi * symbolBytes, symbolBytes);
            }
        }
        if (rows.count() > 0) {
            kernel.multiply(rows, symbols, symbolBytes, block);
        }
    }

    /**
     * Whether a symbol is the one that the block has for this ESI.
     *
     * @param block a complete block, borrowed and unchanged
     * @param symbol symbolBytes bytes from symbolOffset on, borrowed and unchanged
     */
    public boolean check(int esi, byte[] block, int symbolBytes, byte[] symbol, int symbolOffset) {
        Check.range("ESI", esi, 0, code.n() - 1);
        Check.symbols("block", block, code.k(), symbolBytes);
        Check.room("symbol", symbol, symbolOffset, symbolBytes);
        int end = symbolOffset + symbolBytes;
        if (esi < code.k()) {
            int start = esi * symbolBytes;
            return Arrays.equals(block, start, start + symbolBytes, symbol, symbolOffset, end);
        }
        if (scratch.length < symbolBytes) {
            scratch = new byte[symbolBytes];
        }
        code.encode(esi, block, symbolBytes, scratch, 0);
        return Arrays.equals(scratch, 0, symbolBytes, symbol, symbolOffset, end);
    }

    /** Prepares for symbols in this order, which often is the order of the next block as well. */
    private void arrange(int[] esis) {
        arranged = false;
        rows.clear();
        int sources = locate(esis);
        if (sources < code.k()) {
            arrangeRows();
        }
        System.arraycopy(esis, 0, arrangedEsis, 0, esis.length);
        arranged = true;
    }

    /** Notes which slot holds each ESI; returns how many are source symbols. */
    private int locate(int[] esis) {
        if (esis.length != code.k()) {
            throw new IllegalArgumentException(
                    esis.length + " symbols, but a block needs exactly " + code.k());
        }
        Arrays.fill(slots, ABSENT);
        int sources = 0;
        for (int slot = 0; slot < esis.length; slot++) {
            int esi = esis[slot];
            Check.range("ESI", esi, 0, code.n() - 1);
            if (slots[esi] != ABSENT) {
                throw new IllegalArgumentException("ESI " + esi + " is there twice");
            }
            slots[esi] = slot;
            sources += esi < code.k() ? 1 : 0;
        }
        return sources;
    }

    /** Fills the rows of the lost symbols; cached ones are by ascending ESI, these by slot. */
    private void arrangeRows() {
        byte[][] ordered = patterns.lostRows(slots);
        for (int esi = 0, lost = 0; lost < ordered.length; esi++) {
            if (slots[esi] == ABSENT) {
                rows.add(lostRows[lost], esi);
                lost++;
            }
        }
        for (int esi = 0, rank = 0; rank < code.k(); esi++) {
            if (slots[esi] != ABSENT) {
                for (int lost = 0; lost < ordered.length; lost++) {
                    lostRows[lost][slots[esi]] = ordered[lost][rank];
                }
                rank++;
            }
        }
    }
}
