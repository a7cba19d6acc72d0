// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: a product is two table lookups, one for the low and one for the
 * high bits of each byte. Load this class only where jdk.incubator.vector is in the boot layer.
 *
 * <p>Written for C2: the running sum is an argument of XOR and never its receiver, which would keep
 * it boxed; bytes are shifted through int lanes; there is one species in the whole JVM; each method
 * is small enough to be compiled; sums stay in registers and each output is written once.
 */
public final class VectorKernel implements Kernel {
    /**
     * 512 bits where the JVM prefers them, else 128: a table lookup across the two halves of a
     * 256-bit register is several instructions on AVX2, and within 128 bits it is one.
     */
    private static final VectorSpecies<Byte> SPECIES =
            ByteVector.SPECIES_PREFERRED.vectorBitSize() >= 512
                    ? ByteVector.SPECIES_512
                    : ByteVector.SPECIES_128;

    private static final int LANES = SPECIES.length();

    /** Two vectors of one output share the table loads. */
    private static final int WIDE = 2 * LANES;

    /** A lookup takes as many low bits of a byte as a lane's index has, the second one the rest. */
    private static final int LOW_BITS = Integer.numberOfTrailingZeros(LANES);

    /** Bytes of the two tables of a coefficient. */
    private static final int TABLE_BYTES = 2 * LANES;

    private static final byte[] TABLES = tables();

    /** Rows in one pass over the inputs. */
    private static final int GROUP = 4;

    private final ScalarKernel scalar;

    /** A kernel that leaves symbols shorter than a vector to the scalar one. */
    public VectorKernel(ScalarKernel scalar) {
        this.scalar = scalar;
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        if (symbolBytes < LANES) {
            scalar.dot(row, inputs, symbolBytes, out, outOffset);
            return;
        }
        wide(row, inputs, symbolBytes, out, outOffset);
        if (symbolBytes % WIDE != 0) {
            narrow(row, inputs, symbolBytes, out, outOffset);
        }
    }

    @Override
    public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        int count = rows.count();
        int done = 0;
        if (symbolBytes >= LANES) {
            for (; count - done >= GROUP; done += GROUP) {
                four(rows, done, inputs, symbolBytes, out);
            }
            if (count - done >= 2) {
                two(rows, done, inputs, symbolBytes, out);
                done += 2;
            }
        }
        for (; done < count; done++) {
            dot(rows.row(done), inputs, symbolBytes, out, rows.target(done) * symbolBytes);
        }
    }

    /** As much of one output as fills whole pairs of vectors. */
    private static void wide(
            byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        for (int at = 0; at <= symbolBytes - WIDE; at += WIDE) {
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row.length; j++, p += symbolBytes) {
                int t = (row[j] & 0xFF) * TABLE_BYTES;
                ByteVector low = ByteVector.fromArray(SPECIES, TABLES, t);
                ByteVector high = ByteVector.fromArray(SPECIES, TABLES, t + LANES);
                a = plus(a, ByteVector.fromArray(SPECIES, inputs, p), low, high);
                b = plus(b, ByteVector.fromArray(SPECIES, inputs, p + LANES), low, high);
            }
            a.intoArray(out, outOffset + at);
            b.intoArray(out, outOffset + at + LANES);
        }
    }

    /** The rest of one output; the last vector may cover bytes already written, with the same. */
    private static void narrow(
            byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        int last = symbolBytes - LANES;
        for (int from = symbolBytes - symbolBytes % WIDE; from < symbolBytes; from += LANES) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row.length; j++, p += symbolBytes) {
                int t = (row[j] & 0xFF) * TABLE_BYTES;
                a = plus(a, ByteVector.fromArray(SPECIES, inputs, p), t);
            }
            a.intoArray(out, outOffset + at);
        }
    }

    private static void four(Rows rows, int first, byte[] inputs, int symbolBytes, byte[] out) {
        byte[] row0 = rows.row(first);
        byte[] row1 = rows.row(first + 1);
        byte[] row2 = rows.row(first + 2);
        byte[] row3 = rows.row(first + 3);
        int last = symbolBytes - LANES;
        for (int from = 0; from < symbolBytes; from += LANES) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            ByteVector c = ByteVector.zero(SPECIES);
            ByteVector d = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row0.length; j++, p += symbolBytes) {
                ByteVector x = ByteVector.fromArray(SPECIES, inputs, p);
                a = plus(a, x, (row0[j] & 0xFF) * TABLE_BYTES);
                b = plus(b, x, (row1[j] & 0xFF) * TABLE_BYTES);
                c = plus(c, x, (row2[j] & 0xFF) * TABLE_BYTES);
                d = plus(d, x, (row3[j] & 0xFF) * TABLE_BYTES);
            }
            a.intoArray(out, rows.target(first) * symbolBytes + at);
            b.intoArray(out, rows.target(first + 1) * symbolBytes + at);
            c.intoArray(out, rows.target(first + 2) * symbolBytes + at);
            d.intoArray(out, rows.target(first + 3) * symbolBytes + at);
        }
    }

    private static void two(Rows rows, int first, byte[] inputs, int symbolBytes, byte[] out) {
        byte[] row0 = rows.row(first);
        byte[] row1 = rows.row(first + 1);
        int last = symbolBytes - LANES;
        for (int from = 0; from < symbolBytes; from += LANES) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row0.length; j++, p += symbolBytes) {
                ByteVector x = ByteVector.fromArray(SPECIES, inputs, p);
                a = plus(a, x, (row0[j] & 0xFF) * TABLE_BYTES);
                b = plus(b, x, (row1[j] & 0xFF) * TABLE_BYTES);
            }
            a.intoArray(out, rows.target(first) * symbolBytes + at);
            b.intoArray(out, rows.target(first + 1) * symbolBytes + at);
        }
    }

    /** The sum plus x times the coefficient whose tables start at t. */
    private static ByteVector plus(ByteVector sum, ByteVector x, int t) {
        ByteVector low = ByteVector.fromArray(SPECIES, TABLES, t);
        return plus(sum, x, low, ByteVector.fromArray(SPECIES, TABLES, t + LANES));
    }

    private static ByteVector plus(ByteVector sum, ByteVector x, ByteVector low, ByteVector high) {
        ByteVector shifted = x.reinterpretAsInts().lanewise(LSHR, LOW_BITS).reinterpretAsBytes();
        ByteVector product = x.selectFrom(low).lanewise(XOR, shifted.selectFrom(high));
        return product.lanewise(XOR, sum);
    }

    /**
     * For each coefficient, LANES products of the low bits, then LANES products of the high ones.
     * An index wraps, and the second table repeats, so bits that the int shift drags in from the
     * neighbouring byte do not matter.
     */
    private static byte[] tables() {
        byte[] tables = new byte[GaloisField.SIZE * TABLE_BYTES];
        int highMask = GaloisField.SIZE / LANES - 1;
        for (int coefficient = 0; coefficient < GaloisField.SIZE; coefficient++) {
            int t = coefficient * TABLE_BYTES;
            for (int i = 0; i < LANES; i++) {
                int high = (i & highMask) << LOW_BITS;
                tables[t + i] = (byte) GaloisField.multiply(coefficient, i);
                tables[t + LANES + i] = (byte) GaloisField.multiply(coefficient, high);
            }
        }
        return tables;
    }
}
