// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The kernel that needs no flags, serves from the first call on, and is the oracle of all others:
 * {@link HornerSum} for whole longs, one byte at a time for what is left.
 */
public final class ScalarKernel implements Kernel {
    /** Taken by a call and put back after it; a call at the same time makes one of its own. */
    private final AtomicReference<@Nullable HornerSum> spare = new AtomicReference<>();

    private final AtomicReference<@Nullable Doublings> spareDoublings = new AtomicReference<>();

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        HornerSum spared = spare.getAndSet(null);
        HornerSum sum = spared == null ? new HornerSum() : spared;
        int whole = symbolBytes - symbolBytes % Long.BYTES;
        for (int at = 0; at < whole; at += HornerSum.CAPACITY_BYTES) {
            int words = Math.min(HornerSum.CAPACITY_BYTES, whole - at) / Long.BYTES;
            sum.compute(row, inputs, at, symbolBytes, words);
            sum.store(out, outOffset + at, words);
        }
        spare.setRelease(sum);
        for (int at = whole; at < symbolBytes; at++) {
            out[outOffset + at] = single(row, inputs, at, symbolBytes);
        }
    }

    @Override
    public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        for (int i = 0; i < rows.count(); i++) {
            dot(rows.row(i), inputs, symbolBytes, out, rows.target(i) * symbolBytes);
        }
    }

    @Override
    public void accumulate(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
        Doublings spared = spareDoublings.getAndSet(null);
        Doublings doublings = spared == null ? new Doublings() : spared;
        int whole = symbolBytes - symbolBytes % Long.BYTES;
        for (int at = 0; at < whole; at += HornerSum.CAPACITY_BYTES) {
            int words = Math.min(HornerSum.CAPACITY_BYTES, whole - at) / Long.BYTES;
            doublings.take(input, inputOffset + at, words);
            for (int i = 0; i < coefficients.length; i++) {
                doublings.addTo(sums, i * symbolBytes + at, words, coefficients[i]);
            }
        }
        spareDoublings.setRelease(doublings);
        for (int at = whole; at < symbolBytes; at++) {
            for (int i = 0; i < coefficients.length; i++) {
                int product = GaloisField.multiply(
                        coefficients[i] & 0xFF, input[inputOffset + at] & 0xFF);
                sums[i * symbolBytes + at] ^= (byte) product;
            }
        }
    }

    /** The byte at the given index of an output symbol. */
    private static byte single(byte[] row, byte[] inputs, int at, int symbolBytes) {
        int sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum ^= GaloisField.multiply(row[j] & 0xFF, inputs[at + j * symbolBytes] & 0xFF);
        }
        return (byte) sum;
    }
}
