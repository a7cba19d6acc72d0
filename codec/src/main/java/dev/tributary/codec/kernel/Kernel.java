// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

/**
 * Multiplies a small matrix over GF(2^8) with symbols: the whole cost of encoding and decoding.
 *
 * <p>The inputs of a call are k symbols of symbolBytes each, one after the other from index 0. All
 * arrays are borrowed for the call. Outputs must not overlap the inputs, and are only written,
 * except by {@link #accumulate}. Kernels need not check anything: their callers have. Every kernel
 * gives the same bytes, keeps no state that a caller could see, and may be used by several threads
 * at once.
 */
public interface Kernel {
    /** A short name for logs and benchmarks. */
    String name();

    /** Whether it shows its speed only when C2 has compiled it, and is very slow before. */
    default boolean warmsSlowly() {
        return false;
    }

    /**
     * Writes one output symbol: the sum of row[j] times input j.
     *
     * @param row k coefficients
     * @param inputs k symbols, borrowed
     * @param symbolBytes length of each symbol
     * @param out receives the output at outOffset .. outOffset + symbolBytes
     */
    void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset);

    /**
     * Writes one output symbol for each row; the output of row i goes to the symbol slot
     * rows.target(i) of out.
     */
    void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out);

    /**
     * Adds one input to running sums: sum i becomes itself plus coefficients[i] times the input.
     *
     * @param coefficients one for each sum
     * @param input symbolBytes bytes from inputOffset on, borrowed
     * @param sums as many symbols as coefficients, one after the other from index 0
     */
    void accumulate(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums);
}
