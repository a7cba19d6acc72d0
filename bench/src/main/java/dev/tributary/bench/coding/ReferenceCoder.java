// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import com.backblaze.erasure.InputOutputByteTableCodingLoop;
import com.backblaze.erasure.ReedSolomon;

/**
 * Backblaze JavaReedSolomon with the fastest of its twelve loops, which is also its default. It
 * inverts its matrix at each decoding, and rebuilds in place where ours copies what it received.
 */
final class ReferenceCoder implements Coder {
    private final Shape shape;
    private final int symbolBytes;
    private final ReedSolomon code;
    private final ReedSolomon one;
    private final byte[][] encoded;
    private final byte[][] decoded;
    private final byte[][] checked;
    private final byte[] scratch;
    private final boolean[] present;

    ReferenceCoder(Specimen specimen) {
        shape = specimen.shape();
        symbolBytes = specimen.symbolBytes();
        code = new ReedSolomon(shape.k(), shape.repair(), new InputOutputByteTableCodingLoop());
        one = new ReedSolomon(shape.k(), 1, new InputOutputByteTableCodingLoop());
        encoded = new byte[shape.k() + shape.repair()][symbolBytes];
        decoded = new byte[shape.k() + shape.repair()][symbolBytes];
        present = new boolean[encoded.length];
        for (int i = 0; i < shape.k(); i++) {
            System.arraycopy(specimen.block(), i * symbolBytes, encoded[i], 0, symbolBytes);
            int esi = specimen.received()[i];
            System.arraycopy(specimen.symbols(), i * symbolBytes, decoded[esi], 0, symbolBytes);
            present[esi] = true;
        }
        checked = new byte[shape.k() + 1][];
        System.arraycopy(encoded, 0, checked, 0, shape.k());
        scratch = new byte[symbolBytes];
    }

    @Override
    public void encode() {
        code.encodeParity(encoded, 0, symbolBytes);
    }

    @Override
    public void decode() {
        code.decodeMissing(decoded, present, 0, symbolBytes);
    }

    @Override
    public boolean check(byte[] symbol) {
        checked[shape.k()] = symbol;
        return one.isParityCorrect(checked, 0, symbolBytes, scratch);
    }

    @Override
    public byte[] repairs() {
        return joined(encoded, shape.k(), shape.repair());
    }

    @Override
    public byte[] block() {
        return joined(decoded, 0, shape.k());
    }

    private byte[] joined(byte[][] symbols, int first, int count) {
        byte[] all = new byte[count * symbolBytes];
        for (int i = 0; i < count; i++) {
            System.arraycopy(symbols[first + i], 0, all, i * symbolBytes, symbolBytes);
        }
        return all;
    }
}
