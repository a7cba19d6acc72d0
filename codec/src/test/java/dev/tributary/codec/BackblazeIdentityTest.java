// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BackblazeIdentityTest {
    private static final int SHAPES = 150;

    static Stream<Kernel> kernels() {
        return Kernels.available().stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void randomShapesGiveTheBytesOfTheReference(Kernel kernel) {
        for (int seed = 0; seed < SHAPES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(seed % 10 == 0 ? 254 : 30);
            int k = 1 + random.nextInt(n - 1);
            int symbolBytes = 1 + random.nextInt(400);
            ErasureCode code = new ErasureCode(k, n, kernel);
            byte[] block = Blocks.random(random, k * symbolBytes);

            int[] all = IntStream.range(0, n).toArray();
            byte[] ours = Blocks.symbols(code, all, block, symbolBytes);
            byte[] reference = new Backblaze(k, n).symbols(block, symbolBytes);
            assertThat(ours).as("seed %d: %d of %d", seed, k, n).isEqualTo(reference);

            byte[] onePass = new byte[n * symbolBytes];
            code.encode(code.rows(all), block, symbolBytes, onePass);
            assertThat(onePass).as("seed %d, one pass", seed).isEqualTo(reference);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void eachRebuildsFromWhatTheOtherMade(Kernel kernel) {
        for (int seed = 0; seed < SHAPES; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = 2 + random.nextInt(30);
            int k = 1 + random.nextInt(n - 1);
            int symbolBytes = 1 + random.nextInt(400);
            ErasureCode code = new ErasureCode(k, n, kernel);
            byte[] block = Blocks.random(random, k * symbolBytes);
            byte[] all = new Backblaze(k, n).symbols(block, symbolBytes);

            int[] esis = Blocks.randomEsis(random, k, n);
            byte[] received = new byte[k * symbolBytes];
            boolean[] present = new boolean[n];
            for (int i = 0; i < k; i++) {
                present[esis[i]] = true;
                System.arraycopy(
                        all, esis[i] * symbolBytes, received, i * symbolBytes, symbolBytes);
            }
            byte[] rebuilt = new byte[k * symbolBytes];
            code.decoder().decode(esis, received, symbolBytes, rebuilt);
            assertThat(rebuilt).as("seed %d", seed).isEqualTo(block);

            byte[] reference = new Backblaze(k, n).rebuilt(all, present, symbolBytes);
            assertThat(Arrays.copyOf(reference, block.length)).isEqualTo(rebuilt);
        }
    }
}
