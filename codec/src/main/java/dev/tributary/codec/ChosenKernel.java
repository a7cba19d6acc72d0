// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;

/**
 * Stands for another kernel, which can change while codes are using this one: a call that has begun
 * ends on the kernel it began with, and since all give the same bytes nobody can tell.
 */
final class ChosenKernel implements Kernel {
    private volatile Kernel kernel;

    ChosenKernel(Kernel first) {
        kernel = first;
    }

    /** The kernel that serves now. */
    Kernel kernel() {
        return kernel;
    }

    /** Has another kernel serve from the next call on, on every thread. */
    void become(Kernel next) {
        kernel = next;
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        kernel.dot(row, inputs, symbolBytes, out, outOffset);
    }

    @Override
    public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        kernel.multiply(rows, inputs, symbolBytes, out);
    }

    @Override
    public void accumulate(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
        kernel.accumulate(coefficients, input, inputOffset, symbolBytes, sums);
    }
}
