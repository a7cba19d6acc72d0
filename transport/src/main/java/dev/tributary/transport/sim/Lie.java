// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** What a hostile node does to what the honest core that it runs would send. */
public enum Lie {
    /** Wrong bytes in symbols; the node says what it knows of them, and so has passed them on. */
    WRONG_SYMBOLS(true),

    /** Wrong bytes in symbols that it says it has checked. */
    CHECKED_SYMBOLS(true),

    /** Wrong bytes in symbols of which it never says that it has checked them. */
    UNCHECKED_SYMBOLS(true),

    /** Symbols that say that their block is a byte shorter. */
    BLOCK_BYTES(true),

    /** Symbols that say that their block was made up to a minute earlier or later. */
    BLOCK_TIME(true),

    /** A bit turned over in manifests. */
    FORGED_MANIFESTS(false),

    /** One of the first manifests it had, in place of a new one. */
    OLD_MANIFESTS(false),

    /** Symbols that it should send and does not. */
    WITHHELD_SYMBOLS(false),

    /** Another address in the records of others. */
    FORGED_RECORDS(false);

    private final boolean wrongSymbols;

    Lie(boolean wrongSymbols) {
        this.wrongSymbols = wrongSymbols;
    }

    /** Whether each receiver gets wrong symbols, and must not go on taking them from there. */
    boolean givesWrongSymbols() {
        return wrongSymbols;
    }
}
