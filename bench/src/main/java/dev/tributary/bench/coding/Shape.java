// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

/**
 * What is coded: K source symbols and so many repair symbols.
 *
 * @param k source symbols of a block
 * @param repair symbols made of them, and at most so many lost
 */
public record Shape(int k, int repair) {
    public Shape {
        if (k < 1 || repair < 1 || k + repair > 255) {
            throw new IllegalArgumentException("no code has " + k + " + " + repair + " symbols");
        }
    }

    /** Reads "10/4". */
    public static Shape of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a shape is K/repair, not '" + text + "'");
        }
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Source symbols that a decoding has to rebuild: the first ones. */
    int lost() {
        return Math.min(k, repair);
    }

    @Override
    public String toString() {
        return k + "/" + repair;
    }
}
