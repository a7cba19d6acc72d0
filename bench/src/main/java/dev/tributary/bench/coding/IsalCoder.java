// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import dev.tributary.codec.ErasureCode;
import java.util.Arrays;

/** ISA-L with the matrix of our code, so that its bytes are the same. */
final class IsalCoder implements Coder {
    private final Specimen specimen;
    private final IsalVectorKernel encoding;
    private final IsalVectorKernel decoding;
    private final IsalVectorKernel checking;
    private final byte[] scratch;

    IsalCoder(Specimen specimen, boolean heap) {
        this.specimen = specimen;
        Shape shape = specimen.shape();
        byte[][] rows = specimen.repairRows();
        int[] slots = new int[Math.max(shape.repair(), shape.lost())];
        Arrays.setAll(slots, i -> i);
        encoding = new IsalVectorKernel(rows, slots, specimen.block(), shape.repair(), heap);
        byte[][] firstRow = {rows[0]};
        checking = new IsalVectorKernel(firstRow, slots, specimen.block(), 1, heap);
        decoding = new IsalVectorKernel(
                lostRows(specimen), slots, specimen.symbols(), shape.k(), heap);
        scratch = new byte[specimen.symbolBytes()];
    }

    /**
     * The coefficients that rebuild lost symbols, read off by decoding unit vectors: the j-th
     * symbol that was received has a 1 at byte j and 0 elsewhere.
     */
    private static byte[][] lostRows(Specimen specimen) {
        int k = specimen.shape().k();
        ErasureCode code = Specimen.code(specimen.shape());
        byte[] units = new byte[k * k];
        for (int j = 0; j < k; j++) {
            units[j * k + j] = 1;
        }
        byte[] block = new byte[k * k];
        code.decoder().decode(specimen.received(), units, k, block);
        byte[][] rows = new byte[specimen.shape().lost()][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(block, i * k, (i + 1) * k));
        return rows;
    }

    @Override
    public void encode() {
        encoding.multiply();
    }

    @Override
    public void decode() {
        int lost = specimen.shape().lost();
        decoding.copy(0, lost, specimen.shape().k() - lost);
        decoding.multiply();
    }

    @Override
    public boolean check(byte[] symbol) {
        checking.multiply();
        checking.output(scratch);
        return Arrays.equals(scratch, symbol);
    }

    @Override
    public byte[] repairs() {
        byte[] repairs = new byte[specimen.repairs().length];
        encoding.output(repairs);
        return repairs;
    }

    @Override
    public byte[] block() {
        byte[] block = new byte[specimen.block().length];
        decoding.output(block);
        return block;
    }
}
