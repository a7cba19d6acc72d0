// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KernelTest {
    /** What this JVM can run, and the native kernel on lesser instructions than the best. */
    static Stream<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>(Kernels.available());
        if (kernels.getLast() instanceof NativeKernel) {
            kernels.removeLast();
            kernels.addAll(NativeLibrary.kernels());
        }
        return kernels.stream();
    }

    @Test
    void theTestsSeeTheVectorKernelAndTheNativeOneWhereItWasBuilt() {
        assertThat(kernels().map(Kernel::name))
                .startsWith("scalar")
                .anyMatch(name -> name.startsWith("vector-"));
        if (KernelTest.class.getResource("/native") != null) {
            assertThat(Kernels.absences().toString())
                    .matches(absences -> absences.equals("[]") || absences.contains("lacks AVX2"));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyLengthGivesTheBytesOfLongMultiplication(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(4);
        for (int length = 0; length <= 300; length++) {
            byte[] row = bytes(random, 1 + length % 11);
            assertDot(kernel, row, bytes(random, row.length * length), length, length % 67);
        }
        for (int length : new int[] {1_151, 1_152, 1_153, 1_200, 2_304, 4_099, 65_536, 65_537}) {
            byte[] row = bytes(random, 3);
            assertDot(kernel, row, bytes(random, row.length * length), length, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyCoefficientTimesEveryByteIsRight(Kernel kernel) {
        byte[] everyByte = new byte[256];
        for (int i = 0; i < 256; i++) {
            everyByte[i] = (byte) i;
        }
        for (int coefficient = 0; coefficient < 256; coefficient++) {
            assertDot(kernel, new byte[] {(byte) coefficient}, everyByte, 256, 3);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyOffsetGivesTheSameBytesAndNothingBeside(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(5);
        byte[] row = bytes(random, 4);
        byte[] inputs = bytes(random, 4 * 150);
        for (int offset = 0; offset <= 130; offset++) {
            assertDot(kernel, row, inputs, 150, offset);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void severalRowsGiveWhatEachGivesAlone(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(6);
        for (int length = 0; length <= 300; length++) {
            int count = length % 10;
            Rows rows = new Rows(count);
            byte[] inputs = bytes(random, 5 * length);
            byte[] expected = new byte[2 * count * length];
            byte[] out = expected.clone();
            for (int i = 0; i < count; i++) {
                rows.add(bytes(random, 5), 2 * i + 1);
                byte[] symbol = product(rows.row(i), inputs, length);
                System.arraycopy(symbol, 0, expected, (2 * i + 1) * length, length);
            }
            kernel.multiply(rows, inputs, length, out);
            assertThat(out).as("%d rows of %d bytes", count, length).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theMostInputsAreSummed(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(7);
        assertDot(kernel, bytes(random, 255), bytes(random, 255 * 130), 130, 0);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void manyRowsOfManyLongInputsGiveWhatEachGivesAlone(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(10);
        for (int[] shape : new int[][] {{200, 50, 1_153}, {3, 5, 65_537}, {17, 3, 20_000}}) {
            int length = shape[2];
            Rows rows = new Rows(shape[1]);
            byte[] inputs = bytes(random, shape[0] * length);
            byte[] expected = new byte[shape[1] * length];
            for (int i = 0; i < shape[1]; i++) {
                rows.add(bytes(random, shape[0]), i);
                Kernels.scalar().dot(rows.row(i), inputs, length, expected, i * length);
            }
            byte[] out = new byte[expected.length];
            kernel.multiply(rows, inputs, length, out);
            assertThat(out).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void clearedRowsAreForgotten(Kernel kernel) {
        byte[] inputs = {1, 2};
        byte[] out = {9, 9};
        Rows rows = new Rows(2);
        rows.add(new byte[] {1, 0}, 1);
        kernel.multiply(rows, inputs, 1, out);
        rows.clear();
        kernel.multiply(rows, inputs, 1, out);
        assertThat(out).containsExactly(9, 1);
        rows.add(new byte[] {0, 1}, 0);
        kernel.multiply(rows, inputs, 1, out);
        assertThat(out).containsExactly(2, 1);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyLengthIsAddedToItsSumsAndToNothingBeside(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(11);
        for (int length = 0; length <= 300; length++) {
            assertAccumulates(kernel, bytes(random, length % 11), length, length % 67);
        }
        for (int length : new int[] {1_151, 1_152, 1_153, 1_200, 2_304, 4_099, 65_536, 65_537}) {
            assertAccumulates(kernel, bytes(random, 3), length, 1);
        }
        byte[] everyCoefficient = new byte[256];
        for (int i = 0; i < 256; i++) {
            everyCoefficient[i] = (byte) i;
        }
        assertAccumulates(kernel, everyCoefficient, 777, 5);
    }

    private static void assertAccumulates(
            Kernel kernel, byte[] coefficients, int length, int offset) {
        SplittableRandom random = new SplittableRandom(length);
        byte[] input = bytes(random, offset + length);
        byte[] sums = bytes(random, coefficients.length * length + 65);
        byte[] expected = sums.clone();
        for (int i = 0; i < coefficients.length * length; i++) {
            int factor = input[offset + i % length] & 0xFF;
            expected[i] ^= (byte) longMultiplication(coefficients[i / length] & 0xFF, factor);
        }
        kernel.accumulate(coefficients, input, offset, length, sums);
        assertThat(sums).as("%d bytes from %d", length, offset).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void severalThreadsAtOnceGetRightBytes(Kernel kernel) {
        SplittableRandom random = new SplittableRandom(8);
        byte[] row = bytes(random, 8);
        byte[] inputs = bytes(random, 8 * 1_152);
        byte[] expected = product(row, inputs, 1_152);
        boolean allRight = Stream.generate(() -> new byte[1_152])
                .limit(2_000)
                .parallel()
                .peek(out -> kernel.dot(row, inputs, 1_152, out, 0))
                .peek(out -> kernel.accumulate(new byte[] {1}, out, 0, 1_152, out.clone()))
                .allMatch(out -> Arrays.equals(out, expected));
        assertThat(allRight).isTrue();
    }

    private static void assertDot(
            Kernel kernel, byte[] row, byte[] inputs, int length, int offset) {
        byte[] expected = new byte[offset + length + 65];
        Arrays.fill(expected, (byte) 0xA5);
        byte[] out = expected.clone();
        System.arraycopy(product(row, inputs, length), 0, expected, offset, length);
        kernel.dot(row, inputs, length, out, offset);
        assertThat(out).as("%d bytes at %d", length, offset).isEqualTo(expected);
    }

    private static byte[] product(byte[] row, byte[] inputs, int length) {
        byte[] product = new byte[length];
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < row.length; j++) {
                product[i] ^=
                        (byte) longMultiplication(row[j] & 0xFF, inputs[j * length + i] & 0xFF);
            }
        }
        return product;
    }

    /** Without any table: shift and add, and reduce by the polynomial. */
    private static int longMultiplication(int a, int b) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product <<= 1;
            if (product >= 256) {
                product ^= 0x11D;
            }
            if ((b >> bit & 1) != 0) {
                product ^= a;
            }
        }
        return product;
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
