// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.ProgressiveEncoder;
import java.util.Arrays;
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

/** Encoding while the block fills: each source symbol is folded into all repair symbols. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"
        })
public class ProgressiveBenchmark {
    @Param({"4/4", "8/8", "10/4"})
    public String shape = "10/4";

    @Param({"1152"})
    public int symbolBytes = 1_152;

    @Param({"scalar", "vector"})
    public String coder = Coders.SCALAR;

    private int k;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private ProgressiveEncoder encoder;

    @SuppressWarnings("NullAway.Init")
    private byte[] block;

    /** Makes the encoder, proves its symbols, and lets C2 compile what will be timed. */
    @Setup
    public void prepare() {
        Shape of = Shape.of(shape);
        k = of.k();
        Specimen specimen = Specimen.reedSolomon(of, symbolBytes);
        block = specimen.block().clone();
        int[] esis = new int[of.repair()];
        Arrays.setAll(esis, i -> k + i);
        ErasureCode code = new ErasureCode(k, k + of.repair(), Coders.kernel(coder));
        encoder = code.progressive(symbolBytes, esis);
        fold();
        byte[] symbol = new byte[symbolBytes];
        for (int i = 0; i < esis.length; i++) {
            int from = i * symbolBytes;
            encoder.symbol(esis[i], symbol, 0);
            if (!Arrays.equals(
                    symbol, 0, symbolBytes, specimen.repairs(), from, from + symbolBytes)) {
                throw new IllegalStateException("wrong bytes of " + coder + ": ESI " + esis[i]);
            }
        }
        if (coder.equals(Coders.VECTOR)) {
            WarmUp.run(this::fold, k * symbolBytes);
        }
    }

    /** A whole block, symbol by symbol; what is left to do at its end is one of K such steps. */
    @Benchmark
    public boolean fold() {
        encoder.begin(symbolBytes);
        for (int i = 0; i < k; i++) {
            encoder.fold(i, block, i * symbolBytes);
        }
        return encoder.finished();
    }
}
