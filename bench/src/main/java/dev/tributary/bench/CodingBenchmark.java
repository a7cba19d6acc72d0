// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.codec.Kernels;
import dev.tributary.codec.kernel.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One repair symbol made of a block, and a block rebuilt with its first source symbol lost: the
 * reference library beside our kernels. Every byte is compared before anything is timed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class CodingBenchmark {
    /** N is one more: the reference library makes all repair symbols of a block or none. */
    @Param({"4", "8", "16"})
    public int k = 8;

    @Param({"1152"})
    public int symbolBytes = 1_152;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private ReferenceCoding backblaze;

    @SuppressWarnings("NullAway.Init")
    private KernelCoding scalar;

    @SuppressWarnings("NullAway.Init")
    private KernelCoding vector;

    /** Makes the three codes and compares their bytes. */
    @Setup
    public void prepare() {
        byte[] block = new byte[k * symbolBytes];
        new SplittableRandom(k).nextBytes(block);
        backblaze = new ReferenceCoding(k, block, symbolBytes);
        scalar = new KernelCoding(k, Kernels.scalar(), block, symbolBytes);
        vector = new KernelCoding(k, vectorKernel(), block, symbolBytes);
        for (KernelCoding ours : List.of(scalar, vector)) {
            same("repair symbol", backblaze.encode(), ours.encode());
            same("rebuilt symbol", backblaze.decode(), Arrays.copyOf(ours.decode(), symbolBytes));
            same("rebuilt block", block, ours.decode());
        }
    }

    private static Kernel vectorKernel() {
        return Kernels.available().stream()
                .skip(1)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no vector kernel: the JVM lacks --add-modules jdk.incubator.vector"));
    }

    private static void same(String what, byte[] expected, byte[] actual) {
        if (!Arrays.equals(expected, actual)) {
            throw new IllegalStateException("wrong bytes: " + what);
        }
    }

    @Benchmark
    public byte[] encodeBackblaze() {
        return backblaze.encode();
    }

    @Benchmark
    public byte[] encodeScalar() {
        return scalar.encode();
    }

    @Benchmark
    public byte[] encodeVector() {
        return vector.encode();
    }

    @Benchmark
    public byte[] decodeBackblaze() {
        return backblaze.decode();
    }

    @Benchmark
    public byte[] decodeScalar() {
        return scalar.decode();
    }

    @Benchmark
    public byte[] decodeVector() {
        return vector.decode();
    }
}
