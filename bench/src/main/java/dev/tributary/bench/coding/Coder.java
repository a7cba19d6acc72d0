// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

/** One of those compared, at work on one {@link Specimen}; it keeps its own copy of the bytes. */
interface Coder {
    /** Makes all repair symbols of the block. */
    void encode();

    /** Rebuilds the source symbols that were lost, the first ones. */
    void decode();

    /**
     * Whether a symbol is the block's first repair symbol.
     *
     * @param symbol borrowed and unchanged
     */
    boolean check(byte[] symbol);

    /** A copy of the repair symbols that {@link #encode} made last, one after the other. */
    byte[] repairs();

    /** A copy of the block that {@link #decode} made last. */
    byte[] block();
}
