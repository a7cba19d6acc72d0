// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Encoding, decoding and checking of one block. A JVM runs one coder on one shape only, so that no
 * profile, and no second vector species, spoils another's code; every byte is proved before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"
        })
public class CodingBenchmark {
    @Param({"4/1", "4/4", "8/1", "8/8", "10/1", "10/4", "16/4", "17/3"})
    public String shape = "10/4";

    @Param({"1152", "1200", "65536"})
    public int symbolBytes = 1_152;

    /** Last, so that those who are compared run one after the other. */
    @Param({"backblaze", "scalar", "vector"})
    public String coder = Coders.SCALAR;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private Coder coding;

    @SuppressWarnings("NullAway.Init")
    private byte[] symbol;

    /** Makes the coder, proves what it does, and lets C2 compile what will be timed. */
    @Setup
    public void prepare(BenchmarkParams params) {
        prepare();
        if (coder.equals(Coders.VECTOR) || coder.equals(Coders.XOR)) {
            WarmUp.run(operation(params.getBenchmark()), Shape.of(shape).k() * symbolBytes);
        }
    }

    void prepare() {
        Specimen specimen = Coders.specimen(coder, Shape.of(shape), symbolBytes);
        coding = Coders.coder(coder, specimen);
        specimen.prove(coder, coding);
        symbol = specimen.firstRepair();
    }

    private Runnable operation(String benchmark) {
        return switch (benchmark.substring(benchmark.lastIndexOf('.') + 1)) {
            case "encode" -> this::encode;
            case "decode" -> this::decode;
            default -> this::check;
        };
    }

    /** All repair symbols of a block. */
    @Benchmark
    public Object encode() {
        coding.encode();
        return coding;
    }

    /** A block that lost as many source symbols as there are repair symbols, or all. */
    @Benchmark
    public Object decode() {
        coding.decode();
        return coding;
    }

    /** One repair symbol against a whole block. */
    @Benchmark
    public boolean check() {
        return coding.check(symbol);
    }
}
