// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import dev.tributary.codec.Decoder;
import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.util.Arrays;

/** Our code with one of its kernels, by the calls that a live node makes. */
final class KernelCoder implements Coder {
    private final Shape shape;
    private final int symbolBytes;
    private final ErasureCode code;
    private final Decoder decoder;
    private final Rows rows;
    private final byte[] block;
    private final byte[] repairs;
    private final int[] received;
    private final byte[] symbols;
    private final byte[] rebuilt;

    KernelCoder(Kernel kernel, Specimen specimen) {
        shape = specimen.shape();
        symbolBytes = specimen.symbolBytes();
        code = new ErasureCode(shape.k(), shape.k() + shape.repair(), kernel);
        decoder = code.decoder();
        int[] esis = new int[shape.repair()];
        Arrays.setAll(esis, i -> shape.k() + i);
        rows = code.rows(esis);
        block = specimen.block().clone();
        repairs = new byte[shape.repair() * symbolBytes];
        received = specimen.received().clone();
        symbols = specimen.symbols().clone();
        rebuilt = new byte[block.length];
    }

    @Override
    public void encode() {
        if (shape.repair() == 1) {
            code.encode(shape.k(), block, symbolBytes, repairs, 0);
        } else {
            code.encode(rows, block, symbolBytes, repairs);
        }
    }

    @Override
    public void decode() {
        decoder.decode(received, symbols, symbolBytes, rebuilt);
    }

    @Override
    public boolean check(byte[] symbol) {
        return decoder.check(shape.k(), block, symbolBytes, symbol, 0);
    }

    @Override
    public byte[] repairs() {
        return repairs.clone();
    }

    @Override
    public byte[] block() {
        return rebuilt.clone();
    }
}
