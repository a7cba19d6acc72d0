// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import java.util.Arrays;

/** The bound: everything that coding of this shape reads and writes, but plain sums. */
final class XorCoder implements Coder {
    private final int symbolBytes;
    private final int lostBytes;
    private final byte[] block;
    private final byte[] repairs;
    private final int[] repairSlots;
    private final byte[] symbols;
    private final byte[] rebuilt;
    private final int[] lostSlots;
    private final byte[] scratch;
    private final int[] firstSlot = {0};

    XorCoder(Specimen specimen) {
        symbolBytes = specimen.symbolBytes();
        lostBytes = specimen.shape().lost() * symbolBytes;
        block = specimen.block().clone();
        repairs = new byte[specimen.shape().repair() * symbolBytes];
        repairSlots = new int[specimen.shape().repair()];
        Arrays.setAll(repairSlots, i -> i);
        symbols = specimen.symbols().clone();
        rebuilt = new byte[block.length];
        lostSlots = new int[specimen.shape().lost()];
        Arrays.setAll(lostSlots, i -> i);
        scratch = new byte[symbolBytes];
    }

    @Override
    public void encode() {
        XorVectorKernel.sum(block, symbolBytes, repairs, repairSlots);
    }

    @Override
    public void decode() {
        System.arraycopy(symbols, 0, rebuilt, lostBytes, rebuilt.length - lostBytes);
        XorVectorKernel.sum(symbols, symbolBytes, rebuilt, lostSlots);
    }

    @Override
    public boolean check(byte[] symbol) {
        XorVectorKernel.sum(block, symbolBytes, scratch, firstSlot);
        return Arrays.equals(scratch, symbol);
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
