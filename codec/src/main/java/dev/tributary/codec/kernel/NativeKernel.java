// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The kernel in C, called with the arrays where they are. {@link NativeLibrary#kernel} makes it.
 *
 * <p>A call keeps the collector waiting, so long symbols are coded in stretches, some microseconds
 * each. Bounds are checked here though callers have, for C would write anywhere. What the wrapping
 * of an array allocates, C2 removes.
 */
public final class NativeKernel implements Kernel {
    /** Source bytes of a call at most: a dozen microseconds when they come from memory. */
    private static final int CALL_INPUT_BYTES = 128 << 10;

    /** Bytes times coefficients of a call at most: as long with AVX2 when they are at hand. */
    private static final int CALL_PRODUCT_BYTES = 1 << 20;

    /** A stretch of a symbol is a multiple of as many bytes: a step of the widest loop. */
    private static final int STEP_BYTES = 256;

    /** Rows that the library takes in one pass. */
    private static final int GROUP = 4;

    private static final MethodHandle DOT = NativeLibrary.call(
            "tributary_codec_dot",
            FunctionDescriptor.ofVoid(
                    JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS,
                    JAVA_INT));

    private static final MethodHandle MULTIPLY = NativeLibrary.call(
            "tributary_codec_multiply",
            FunctionDescriptor.ofVoid(
                    JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT,
                    JAVA_INT, JAVA_INT, ADDRESS));

    private static final MethodHandle FOLD = NativeLibrary.call(
            "tributary_codec_fold",
            FunctionDescriptor.ofVoid(
                    JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                    ADDRESS));

    private final int path;
    private final String instructions;

    NativeKernel(int path, String instructions) {
        this.path = path;
        this.instructions = instructions;
    }

    @Override
    public String name() {
        return "native";
    }

    /** Which instructions of the processor it uses. */
    public String instructions() {
        return instructions;
    }

    @Override
    public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
        int k = row.length;
        Objects.checkFromIndexSize(0, (long) k * symbolBytes, (long) inputs.length);
        Objects.checkFromIndexSize(outOffset, symbolBytes, out.length);
        MemorySegment row0 = MemorySegment.ofArray(row);
        MemorySegment in = MemorySegment.ofArray(inputs);
        MemorySegment to = MemorySegment.ofArray(out);
        int stretch = stretch(k);
        try {
            for (int from = 0; from < symbolBytes; from += stretch) {
                int length = Math.min(stretch, symbolBytes - from);
                DOT.invokeExact(path, row0, k, in, symbolBytes, from, length, to, outOffset);
            }
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        int count = rows.count();
        if (count == 0 || symbolBytes == 0) {
            return;
        }
        int k = rows.row(0).length;
        Objects.checkFromIndexSize(0, (long) k * symbolBytes, (long) inputs.length);
        Objects.checkFromIndexSize(0, (long) rows.slots() * symbolBytes, (long) out.length);
        int stretch = stretch(k);
        int group = group(k, Math.min(stretch, symbolBytes));
        for (int from = 0; from < symbolBytes; from += stretch) {
            rows.stretch(from, Math.min(symbolBytes, from + stretch));
            for (int first = 0; first < count; first += group) {
                rows.part(first, Math.min(group, count - first));
                pass(rows, inputs, symbolBytes, out);
            }
        }
    }

    /**
     * The stretch of the rows' part. In a method of its own C2 keeps the objects that wrap the
     * arrays off the heap; in the loops it left 72 or 168 bytes there, in one JVM of five.
     */
    private void pass(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
        try {
            MULTIPLY.invokeExact(
                    path,
                    MemorySegment.ofArray(rows.coefficients()),
                    MemorySegment.ofArray(rows.targets()),
                    rows.first(),
                    rows.some(),
                    rows.row(0).length,
                    MemorySegment.ofArray(inputs),
                    symbolBytes,
                    rows.from(),
                    rows.end() - rows.from(),
                    MemorySegment.ofArray(out));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public void accumulate(
            byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
        int count = coefficients.length;
        Objects.checkFromIndexSize(inputOffset, symbolBytes, input.length);
        Objects.checkFromIndexSize(0, (long) count * symbolBytes, (long) sums.length);
        MemorySegment column = MemorySegment.ofArray(coefficients);
        MemorySegment in = MemorySegment.ofArray(input);
        MemorySegment to = MemorySegment.ofArray(sums);
        int stretch = stretch(count);
        try {
            for (int from = 0; from < symbolBytes; from += stretch) {
                int length = Math.min(stretch, symbolBytes - from);
                FOLD.invokeExact(
                        path, column, count, in, inputOffset, symbolBytes, from, length, to);
            }
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    /** Bytes of each symbol in one call that reads so many symbols. */
    private static int stretch(int symbols) {
        return Math.max(
                STEP_BYTES, CALL_INPUT_BYTES / Math.max(1, symbols) / STEP_BYTES * STEP_BYTES);
    }

    /** Rows in one call, with so many bytes of each symbol. */
    private static int group(int k, int length) {
        return Math.max(1, CALL_PRODUCT_BYTES / GROUP / (k * length)) * GROUP;
    }

    /** The library throws nothing; what comes out of a call is an error of the JVM. */
    private static Error failure(Throwable thrown) {
        return thrown instanceof Error error ? error : new AssertionError(thrown);
    }
}
