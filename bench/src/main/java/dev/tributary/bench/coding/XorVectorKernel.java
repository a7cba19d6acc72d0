// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads K symbols, adds them up and writes the sum to several places: all that coding of the same
 * shape must do at least, without its multiplications.
 */
final class XorVectorKernel {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Independent sums, so that one addition does not wait for the one before. */
    private static final int WIDE = 4 * LANES;

    private XorVectorKernel() {}

    /**
     * Writes the sum of all inputs to each target slot.
     *
     * @param inputs symbols one after the other, nothing else
     * @param symbolBytes a vector's length at least
     * @param targets slots of {@code out}
     */
    static void sum(byte[] inputs, int symbolBytes, byte[] out, int[] targets) {
        int whole = symbolBytes - symbolBytes % WIDE;
        for (int at = 0; at < whole; at += WIDE) {
            wide(inputs, at, symbolBytes, out, targets);
        }
        for (int from = whole; from < symbolBytes; from += LANES) {
            narrow(inputs, Math.min(from, symbolBytes - LANES), symbolBytes, out, targets);
        }
    }

    private static void wide(byte[] inputs, int at, int symbolBytes, byte[] out, int[] targets) {
        ByteVector a = ByteVector.zero(SPECIES);
        ByteVector b = ByteVector.zero(SPECIES);
        ByteVector c = ByteVector.zero(SPECIES);
        ByteVector d = ByteVector.zero(SPECIES);
        for (int p = at; p < inputs.length; p += symbolBytes) {
            a = ByteVector.fromArray(SPECIES, inputs, p).lanewise(XOR, a);
            b = ByteVector.fromArray(SPECIES, inputs, p + LANES).lanewise(XOR, b);
            c = ByteVector.fromArray(SPECIES, inputs, p + 2 * LANES).lanewise(XOR, c);
            d = ByteVector.fromArray(SPECIES, inputs, p + 3 * LANES).lanewise(XOR, d);
        }
        for (int target : targets) {
            int p = target * symbolBytes + at;
            a.intoArray(out, p);
            b.intoArray(out, p + LANES);
            c.intoArray(out, p + 2 * LANES);
            d.intoArray(out, p + 3 * LANES);
        }
    }

    private static void narrow(byte[] inputs, int at, int symbolBytes, byte[] out, int[] targets) {
        ByteVector a = ByteVector.zero(SPECIES);
        for (int p = at; p < inputs.length; p += symbolBytes) {
            a = ByteVector.fromArray(SPECIES, inputs, p).lanewise(XOR, a);
        }
        for (int target : targets) {
            a.intoArray(out, target * symbolBytes + at);
        }
    }
}
