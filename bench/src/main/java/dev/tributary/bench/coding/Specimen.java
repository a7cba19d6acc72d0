// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The bytes of one comparison, and what must come out. Arrays hold symbols one after the other and
 * are not to be changed.
 *
 * @param block the source symbols
 * @param repairs what encoding makes
 * @param received the ESIs that arrived: source symbols that were not lost, then repair symbols
 * @param symbols the symbols of these ESIs, in that order
 * @param rebuilt what decoding makes of them
 */
record Specimen(
        Shape shape,
        int symbolBytes,
        byte[] block,
        byte[] repairs,
        int[] received,
        byte[] symbols,
        byte[] rebuilt) {

    /** Reed-Solomon: the scalar kernel, which the codec's tests hold against stored vectors. */
    static Specimen reedSolomon(Shape shape, int symbolBytes) {
        ErasureCode code = code(shape);
        int[] esis = new int[shape.repair()];
        Arrays.setAll(esis, i -> shape.k() + i);
        byte[] block = randomBlock(shape, symbolBytes);
        byte[] repairs = new byte[shape.repair() * symbolBytes];
        code.encode(code.rows(esis), block, symbolBytes, repairs);
        return of(shape, block, repairs, symbols -> block);
    }

    /** The bound: each symbol made is the plain sum of all K, so nothing is multiplied. */
    static Specimen xor(Shape shape, int symbolBytes) {
        byte[] block = randomBlock(shape, symbolBytes);
        byte[] sum = sum(block, symbolBytes);
        return of(shape, block, repeat(sum, shape.repair()), symbols -> {
            byte[] rebuilt = block.clone();
            byte[] lost = repeat(sum(symbols, symbolBytes), shape.lost());
            System.arraycopy(lost, 0, rebuilt, 0, lost.length);
            return rebuilt;
        });
    }

    private static Specimen of(
            Shape shape, byte[] block, byte[] repairs, UnaryOperator<byte[]> rebuild) {
        int symbolBytes = block.length / shape.k();
        int lost = shape.lost();
        int[] received = new int[shape.k()];
        Arrays.setAll(received, i -> i + lost);
        byte[] symbols =
                Arrays.copyOfRange(block, lost * symbolBytes, block.length + lost * symbolBytes);
        System.arraycopy(
                repairs, 0, symbols, block.length - lost * symbolBytes, lost * symbolBytes);
        return new Specimen(
                shape, symbolBytes, block, repairs, received, symbols, rebuild.apply(symbols));
    }

    /** The oracle's code. */
    static ErasureCode code(Shape shape) {
        return new ErasureCode(shape.k(), shape.k() + shape.repair(), Kernels.scalar());
    }

    /** Coefficients that make the repair symbols. */
    byte[][] repairRows() {
        ErasureCode code = code(shape);
        byte[][] rows = new byte[shape.repair()][];
        Arrays.setAll(rows, i -> code.row(shape.k() + i));
        return rows;
    }

    /** The first repair symbol. */
    byte[] firstRepair() {
        return Arrays.copyOf(repairs, symbolBytes);
    }

    private static byte[] randomBlock(Shape shape, int symbolBytes) {
        byte[] block = new byte[shape.k() * symbolBytes];
        new SplittableRandom(shape.k()).nextBytes(block);
        return block;
    }

    private static byte[] sum(byte[] symbols, int symbolBytes) {
        byte[] sum = new byte[symbolBytes];
        for (int i = 0; i < symbols.length; i++) {
            sum[i % symbolBytes] ^= symbols[i];
        }
        return sum;
    }

    private static byte[] repeat(byte[] symbol, int times) {
        byte[] all = new byte[times * symbol.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(symbol, 0, all, i * symbol.length, symbol.length);
        }
        return all;
    }

    /** Fails unless the coder makes exactly these bytes, and refuses a wrong symbol. */
    void prove(String name, Coder coder) {
        coder.encode();
        same(name + " repair symbols of " + shape, repairs, coder.repairs());
        coder.decode();
        same(name + " rebuilt block of " + shape, rebuilt, coder.block());
        byte[] symbol = firstRepair();
        if (!coder.check(symbol)) {
            throw new IllegalStateException(name + " refuses the right symbol of " + shape);
        }
        symbol[symbolBytes - 1] ^= 1;
        if (coder.check(symbol)) {
            throw new IllegalStateException(name + " takes a wrong symbol of " + shape);
        }
    }

    private static void same(String what, byte[] expected, byte[] actual) {
        int at = Arrays.mismatch(expected, actual);
        if (at >= 0) {
            throw new IllegalStateException("wrong bytes from index " + at + " on: " + what);
        }
    }
}
