// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

/** The caller's mistakes, each with the value and the range. */
final class Check {
    private Check() {}

    static void range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", not of " + least + ".." + most);
        }
    }

    /** The array holds so many symbols from index 0 on. */
    static void symbols(String what, byte[] array, int count, int symbolBytes) {
        range("symbolBytes", symbolBytes, 1, Integer.MAX_VALUE);
        if ((long) count * symbolBytes > array.length) {
            throw new IllegalArgumentException("%s has %d bytes, fewer than %d symbols of %d"
                    .formatted(what, array.length, count, symbolBytes));
        }
    }

    /** The array holds so many bytes from the offset on. */
    static void room(String what, byte[] array, int offset, int length) {
        if (offset < 0 || length < 0 || offset > array.length - length) {
            throw new IllegalArgumentException("%s has %d bytes, too few for %d from offset %d on"
                    .formatted(what, array.length, length, offset));
        }
    }

    /** An output does not begin within the block, if both are in one array. */
    static void beyond(byte[] out, int outOffset, byte[] block, int blockBytes) {
        if (same(out, block) && outOffset < blockBytes) {
            throw new IllegalArgumentException("out offset " + outOffset + " lies in the block");
        }
    }

    static void distinct(String what, byte[] array, String other, byte[] otherArray) {
        if (same(array, otherArray)) {
            throw new IllegalArgumentException(what + " and " + other + " are the same array");
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether they share their bytes, not have equal ones
    private static boolean same(byte[] a, byte[] b) {
        return a == b;
    }
}
