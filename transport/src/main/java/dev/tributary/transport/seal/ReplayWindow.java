// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

/** Which packet numbers have come, in a ring of bits behind the highest one (as RFC 6479). */
final class ReplayWindow {
    /**
     * Numbers behind the highest one that are told apart; older ones are refused. At 10,000
     * datagrams a second on one link it covers 200 ms of reordering.
     */
    static final int NUMBERS = 2_048 - Long.SIZE;

    private static final int WORDS = 2_048 / Long.SIZE;

    private final long[] seen = new long[WORDS];
    private long highest = -1;

    long highest() {
        return highest;
    }

    /** Whether the number has not come before and is not too old to tell. */
    boolean fresh(long number) {
        if (number > highest) {
            return true;
        }
        return number >= 0
                && highest - number < NUMBERS
                && (seen[word(number)] & 1L << number) == 0;
    }

    /** Remembers a fresh number. */
    void mark(long number) {
        if (number > highest) {
            long first = Math.max(block(highest) + 1, block(number) - WORDS + 1);
            for (long block = first; block <= block(number); block++) {
                seen[(int) (block % WORDS)] = 0;
            }
            highest = number;
        }
        seen[word(number)] |= 1L << number;
    }

    private static long block(long number) {
        return number >> 6;
    }

    private static int word(long number) {
        return (int) (block(number) % WORDS);
    }
}
