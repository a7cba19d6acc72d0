// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import java.util.Objects;

/**
 * A reusable list of matrix rows of one length, and the output slot of each. Rows are kept by
 * reference: whoever adds one leaves it unchanged from its first use until the list is cleared. Not
 * thread-safe, not even for uses at the same time.
 */
public final class Rows {
    private final byte[][] rows;
    private final int[] targets;
    private int count;
    private int slots;

    /** Copies of the first packedCount rows, one after the other. */
    private byte[] packed = {};

    private int packedCount;

    private int from;
    private int end;
    private int first;
    private int some;

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
        slots = 0;
        packedCount = 0;
    }

    /** Appends a row of k coefficients whose output goes to the given slot, 0 or more. */
    public void add(byte[] row, int target) {
        if (count > 0 && row.length != rows[0].length) {
            throw new IllegalArgumentException(
                    "a row of " + row.length + " coefficients behind rows of " + rows[0].length);
        }
        targets[count] = Objects.checkIndex(target, Integer.MAX_VALUE);
        rows[count] = row;
        slots = Math.max(slots, target + 1);
        count++;
    }

    /** A kernel's own note: which bytes of all symbols its next pass is for. */
    void stretch(int stretchFrom, int stretchEnd) {
        from = stretchFrom;
        end = stretchEnd;
    }

    /** A kernel's own note: which rows its next pass is for. */
    void part(int partFirst, int partCount) {
        first = partFirst;
        some = partCount;
    }

    /** First row of the part. */
    int first() {
        return first;
    }

    /** Rows of the part. */
    int some() {
        return some;
    }

    /** First byte of the stretch. */
    int from() {
        return from;
    }

    /** End of the stretch. */
    int end() {
        return end;
    }

    /** Output slots that an output array must have. */
    int slots() {
        return slots;
    }

    /** The targets of all rows, borrowed; what follows them means nothing. */
    int[] targets() {
        return targets;
    }

    /** All coefficients, row by row, borrowed; what follows them means nothing. */
    byte[] coefficients() {
        int k = count == 0 ? 0 : rows[0].length;
        if (packed.length < count * k) {
            packed = new byte[rows.length * k];
            packedCount = 0;
        }
        for (; packedCount < count; packedCount++) {
            System.arraycopy(rows[packedCount], 0, packed, packedCount * k, k);
        }
        return packed;
    }
}
