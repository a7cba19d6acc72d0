// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API: a product is two table lookups, one for the low and one for the
 * high bits of each byte. Load this class only where jdk.incubator.vector is in the boot layer.
 *
 * <p>Written for C2: the running sum is an argument of XOR and never its receiver, which would keep
 * it boxed; bytes are shifted through int lanes; there is one species in the whole JVM; sums stay
 * in registers and each output is written once. The loops are in methods small enough to be
 * compiled, and too large to be inlined (325 bytes of code): inlined beside another kernel they
 * stayed boxed.
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

    /** A vector from index n on is zero in all but its last n bytes. */
    private static final byte[] LAST_BYTES = lastBytes();

    /** Rows in one pass over the inputs. */
    private static final int GROUP = 4;

    /**
     * Bytes of each symbol in one call of a pass. C2 compiles a method well from its start, badly
     * from within its loops, and with long symbols would do the latter for seconds.
     */
    private static final int STRETCH = 2_048;

    private final ScalarKernel scalar;

    /** A kernel that leaves symbols shorter than a vector, or two, to the scalar one. */
    public VectorKernel(ScalarKernel scalar) {
        this.scalar = scalar;
    }

    @Override
    public String name() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public boolean warmsSlowly() {
        return true;
    }

    @Override
    public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        if (symbolBytes < WIDE) {
            scalar.dot(row, inputs, symbolBytes, out, outOffset);
        } else {
            one(row, inputs, symbolBytes, out, outOffset);
        }
    }

    @Override
    public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        int count = rows.count();
        int done = 0;
        for (; count - done >= GROUP && symbolBytes >= LANES; done += GROUP) {
            for (int from = 0; from < symbolBytes; from += STRETCH) {
                rows.stretch(from, Math.min(symbolBytes, from + STRETCH));
                four(rows, done, inputs, symbolBytes, out);
            }
        }
        for (; count - done >= 2 && symbolBytes >= WIDE; done += 2) {
            for (int from = 0; from < symbolBytes; from += STRETCH) {
                rows.stretch(from, Math.min(symbolBytes, from + STRETCH));
                two(rows, done, inputs, symbolBytes, out);
            }
        }
        for (; done < count; done++) {
            dot(rows.row(done), inputs, symbolBytes, out, rows.target(done) * symbolBytes);
        }
    }

    @Override
    public void accumulate(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
        if (symbolBytes < LANES) {
            scalar.accumulate(coefficients, input, inputOffset, symbolBytes, sums);
        } else {
            add(coefficients, input, inputOffset, symbolBytes, sums);
        }
    }

    /**
     * One row: pairs of vectors, two inputs a step. The last pair may cover bytes that are written
     * already, with the same. Single vectors behind the pairs stayed boxed where K is odd.
     */
    private static void one(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        int last = symbolBytes - WIDE;
        for (int from = 0; from < symbolBytes; from += WIDE) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            int j = 0;
            int p = at;
            for (; j + 1 < row.length; j += 2, p += 2 * symbolBytes) {
                int t = (row[j] & 0xFF) * TABLE_BYTES;
                ByteVector low = table(t);
                ByteVector high = table(t + LANES);
                a = plus(a, ByteVector.fromArray(SPECIES, inputs, p), low, high);
                b = plus(b, ByteVector.fromArray(SPECIES, inputs, p + LANES), low, high);
                int q = p + symbolBytes;
                int u = (row[j + 1] & 0xFF) * TABLE_BYTES;
                ByteVector low2 = table(u);
                ByteVector high2 = table(u + LANES);
                a = plus(a, ByteVector.fromArray(SPECIES, inputs, q), low2, high2);
                b = plus(b, ByteVector.fromArray(SPECIES, inputs, q + LANES), low2, high2);
            }
            if (j < row.length) {
                int t = (row[j] & 0xFF) * TABLE_BYTES;
                a = plus(a, ByteVector.fromArray(SPECIES, inputs, p), t);
                b = plus(b, ByteVector.fromArray(SPECIES, inputs, p + LANES), t);
            }
            a.intoArray(out, outOffset + at);
            b.intoArray(out, outOffset + at + LANES);
        }
    }

    /** Four rows, one vector a step. */
    private static void four(Rows rows, int first, byte[] inputs, int symbolBytes, byte[] out) {
        byte[] row0 = rows.row(first);
        byte[] row1 = rows.row(first + 1);
        byte[] row2 = rows.row(first + 2);
        byte[] row3 = rows.row(first + 3);
        int last = symbolBytes - LANES;
        int end = rows.end();
        for (int from = rows.from(); from < end; from += LANES) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            ByteVector c = ByteVector.zero(SPECIES);
            ByteVector d = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row0.length; j++, p += symbolBytes) {
                ByteVector x = ByteVector.fromArray(SPECIES, inputs, p);
                int t0 = (row0[j] & 0xFF) * TABLE_BYTES;
                int t1 = (row1[j] & 0xFF) * TABLE_BYTES;
                int t2 = (row2[j] & 0xFF) * TABLE_BYTES;
                int t3 = (row3[j] & 0xFF) * TABLE_BYTES;
                a = plus(a, x, table(t0), table(t0 + LANES));
                b = plus(b, x, table(t1), table(t1 + LANES));
                c = plus(c, x, table(t2), table(t2 + LANES));
                d = plus(d, x, table(t3), table(t3 + LANES));
            }
            a.intoArray(out, rows.target(first) * symbolBytes + at);
            b.intoArray(out, rows.target(first + 1) * symbolBytes + at);
            c.intoArray(out, rows.target(first + 2) * symbolBytes + at);
            d.intoArray(out, rows.target(first + 3) * symbolBytes + at);
        }
    }

    /** Two rows, two vectors a step; symbols are no shorter than these. */
    private static void two(Rows rows, int first, byte[] inputs, int symbolBytes, byte[] out) {
        byte[] row0 = rows.row(first);
        byte[] row1 = rows.row(first + 1);
        int out0 = rows.target(first) * symbolBytes;
        int out1 = rows.target(first + 1) * symbolBytes;
        int last = symbolBytes - WIDE;
        int end = rows.end();
        for (int from = rows.from(); from < end; from += WIDE) {
            int at = Math.min(from, last);
            ByteVector a = ByteVector.zero(SPECIES);
            ByteVector b = ByteVector.zero(SPECIES);
            ByteVector c = ByteVector.zero(SPECIES);
            ByteVector d = ByteVector.zero(SPECIES);
            for (int j = 0, p = at; j < row0.length; j++, p += symbolBytes) {
                ByteVector x = ByteVector.fromArray(SPECIES, inputs, p);
                ByteVector y = ByteVector.fromArray(SPECIES, inputs, p + LANES);
                int t = (row0[j] & 0xFF) * TABLE_BYTES;
                ByteVector low0 = table(t);
                ByteVector high0 = table(t + LANES);
                a = plus(a, x, low0, high0);
                b = plus(b, y, low0, high0);
                int u = (row1[j] & 0xFF) * TABLE_BYTES;
                ByteVector low1 = table(u);
                ByteVector high1 = table(u + LANES);
                c = plus(c, x, low1, high1);
                d = plus(d, y, low1, high1);
            }
            a.intoArray(out, out0 + at);
            b.intoArray(out, out0 + at + LANES);
            c.intoArray(out, out1 + at);
            d.intoArray(out, out1 + at + LANES);
        }
    }

    /**
     * Adds to each sum: pairs of vectors, single ones, and the last one with zeros for the bytes
     * that are added already.
     */
    private static void add(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
        int paired = symbolBytes - symbolBytes % WIDE;
        int whole = symbolBytes - symbolBytes % LANES;
        int last = symbolBytes - LANES;
        for (int i = 0, start = 0; i < coefficients.length; i++, start += symbolBytes) {
            int t = (coefficients[i] & 0xFF) * TABLE_BYTES;
            ByteVector low = table(t);
            ByteVector high = table(t + LANES);
            for (int at = 0; at < paired; at += WIDE) {
                int to = start + at;
                ByteVector sum = ByteVector.fromArray(SPECIES, sums, to);
                ByteVector x = ByteVector.fromArray(SPECIES, input, inputOffset + at);
                plus(sum, x, low, high).intoArray(sums, to);
                ByteVector sum2 = ByteVector.fromArray(SPECIES, sums, to + LANES);
                ByteVector y = ByteVector.fromArray(SPECIES, input, inputOffset + at + LANES);
                plus(sum2, y, low, high).intoArray(sums, to + LANES);
            }
            if (paired < whole) {
                ByteVector sum = ByteVector.fromArray(SPECIES, sums, start + paired);
                ByteVector x = ByteVector.fromArray(SPECIES, input, inputOffset + paired);
                plus(sum, x, low, high).intoArray(sums, start + paired);
            }
            if (whole < symbolBytes) {
                ByteVector wanted = ByteVector.fromArray(SPECIES, LAST_BYTES, symbolBytes - whole);
                ByteVector x = ByteVector.fromArray(SPECIES, input, inputOffset + last);
                ByteVector sum = ByteVector.fromArray(SPECIES, sums, start + last);
                plus(sum, x.lanewise(AND, wanted), low, high).intoArray(sums, start + last);
            }
        }
    }

    private static ByteVector table(int t) {
        return ByteVector.fromArray(SPECIES, TABLES, t);
    }

    /** The sum plus x times the coefficient whose tables start at t. */
    private static ByteVector plus(ByteVector sum, ByteVector x, int t) {
        ByteVector low = table(t);
        return plus(sum, x, low, table(t + LANES));
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

    private static byte[] lastBytes() {
        byte[] bytes = new byte[2 * LANES];
        Arrays.fill(bytes, LANES, 2 * LANES, (byte) 0xFF);
        return bytes;
    }
}
