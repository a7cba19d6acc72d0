// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodingBenchmarkTest {
    @ParameterizedTest
    @ValueSource(strings = {"4/1", "4/4", "8/8", "10/4", "16/4", "17/3", "4/8"})
    void everyCoderOfThisMachineMakesTheRightBytes(String shape) {
        for (String coder : Coders.available()) {
            for (int symbolBytes : new int[] {1_152, 1_200}) {
                CodingBenchmark benchmark = new CodingBenchmark();
                benchmark.coder = coder;
                benchmark.shape = shape;
                benchmark.symbolBytes = symbolBytes;
                benchmark.prepare();
                benchmark.encode();
                benchmark.decode();
                assertThat(benchmark.check()).as(coder).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4/4", "8/8", "10/4"})
    void everyKernelMakesTheRightBytesWhileTheBlockFills(String shape) {
        for (String coder : Coders.OURS) {
            if (Coders.available().contains(coder)) {
                ProgressiveBenchmark benchmark = new ProgressiveBenchmark();
                benchmark.coder = coder;
                benchmark.shape = shape;
                benchmark.prepare();
                assertThat(benchmark.fold()).as(coder).isTrue();
            }
        }
    }

    @Test
    void theReferenceAndOurKernelsAreThereEverywhere() {
        assertThat(Coders.available())
                .contains(Coders.BACKBLAZE, Coders.SCALAR, Coders.VECTOR, Coders.XOR);
    }

    @Test
    void wrongBytesAreNotTimed() {
        Specimen specimen = Specimen.reedSolomon(Shape.of("4/4"), 64);
        Coder sums = new XorCoder(specimen);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> specimen.prove("sums", sums))
                .withMessageContaining("sums repair symbols of 4/4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4", "4/0", "0/4", "200/56", "4/4/4", "a/b"})
    void noShapeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(text));
    }

    @Test
    void anUnknownCoderIsNamed() {
        Specimen specimen = Specimen.reedSolomon(Shape.of("4/1"), 64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Coders.coder("magic", specimen))
                .withMessageContaining("magic");
    }
}
