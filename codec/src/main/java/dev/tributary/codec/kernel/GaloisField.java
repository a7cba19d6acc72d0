// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

/**
 * Arithmetic in GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D) and the generator 2,
 * the field of RFC 5510 and of Backblaze JavaReedSolomon. Elements are ints of 0..255.
 */
public final class GaloisField {
    /** x^8 + x^4 + x^3 + x^2 + 1 (RFC 5510, section 8.1). */
    public static final int POLYNOMIAL = 0x11D;

    /** Number of field elements. */
    public static final int SIZE = 256;

    /** Order of the multiplicative group: exponents repeat after as many. */
    private static final int ORDER = SIZE - 1;

    private static final byte[] LOG = new byte[SIZE];

    /** Twice the group's order, so that a sum of two logarithms needs no reduction. */
    private static final byte[] EXP = new byte[2 * ORDER];

    static {
        int power = 1;
        for (int exponent = 0; exponent < ORDER; exponent++) {
            EXP[exponent] = (byte) power;
            EXP[exponent + ORDER] = (byte) power;
            LOG[power] = (byte) exponent;
            power <<= 1;
            if (power >= SIZE) {
                power ^= POLYNOMIAL;
            }
        }
    }

    private GaloisField() {}

    /** The product of two elements. */
    public static int multiply(int a, int b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return EXP[(LOG[a] & 0xFF) + (LOG[b] & 0xFF)] & 0xFF;
    }

    /** The quotient of two elements; b is not 0. */
    public static int divide(int a, int b) {
        if (b == 0) {
            throw new ArithmeticException("division by 0 in GF(256)");
        }
        if (a == 0) {
            return 0;
        }
        return EXP[(LOG[a] & 0xFF) + ORDER - (LOG[b] & 0xFF)] & 0xFF;
    }
}
