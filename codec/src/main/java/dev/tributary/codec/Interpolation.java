// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.GaloisField;

/**
 * Rows of the code, of its matrix and of every inverse alike, by Lagrange interpolation.
 *
 * <p>At each byte position the symbols of a block are values of one polynomial of degree below k:
 * symbol ESI is its value at the point ESI. Any k points fix the polynomial, so the value at
 * another point is a weighted sum of theirs. From the points 0..k-1 that is a row of the coding
 * matrix, from the ESIs of received symbols a row of the inverse; no matrix is ever inverted.
 */
final class Interpolation {
    private final int[] points;

    /** For each point, the product of its differences to all others. */
    private final int[] weights;

    /** Interpolates from the given distinct points, each of 0..254; they are copied. */
    Interpolation(int[] points) {
        this.points = points.clone();
        this.weights = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            int product = 1;
            for (int j = 0; j < points.length; j++) {
                if (i != j) {
                    product = GaloisField.multiply(product, points[i] ^ points[j]);
                }
            }
            weights[i] = product;
        }
    }

    /** The coefficients that turn the values at the points into the value at x. */
    byte[] row(int x) {
        byte[] row = new byte[points.length];
        int all = 1;
        for (int i = 0; i < points.length; i++) {
            if (points[i] == x) {
                row[i] = 1;
                return row;
            }
            all = GaloisField.multiply(all, x ^ points[i]);
        }
        for (int i = 0; i < points.length; i++) {
            int divisor = GaloisField.multiply(x ^ points[i], weights[i]);
            row[i] = (byte) GaloisField.divide(all, divisor);
        }
        return row;
    }
}
