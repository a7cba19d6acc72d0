// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import java.util.Objects;

/**
 * A reusable list of matrix rows, and the output slot of each. Rows are kept by reference: whoever
 * adds one leaves it unchanged until the list is cleared. Not thread-safe.
 */
public final class Rows {
    private final byte[][] rows;
    private final int[] targets;
    private int count;

    /** An empty list with room for as many rows as the capacity says. */
    public Rows(int capacity) {
        this.rows = new byte[capacity][];
        this.targets = new int[capacity];
    }

    /** How many rows there are. */
    public int count() {
        return count;
    }

    /** The k coefficients of a row. */
    public byte[] row(int index) {
        return rows[Objects.checkIndex(index, count)];
    }

    /** The output slot of a row: its output starts at target * symbolBytes. */
    public int target(int index) {
        return targets[Objects.checkIndex(index, count)];
    }

    /** Forgets all rows. */
    public void clear() {
        count = 0;
    }

    /** Appends a row of k coefficients whose output goes to the given slot. */
    public void add(byte[] row, int target) {
        rows[count] = row;
        targets[count] = target;
        count++;
    }
}
