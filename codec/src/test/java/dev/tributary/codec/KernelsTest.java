// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class KernelsTest {
    /** Advances by a little with each look, and by what a kernel takes. */
    private long nowNanos;

    @Test
    void theFastestKernelIsChosen() {
        Kernel slow = new TimedKernel("slow", () -> 100_000, (byte) 0);
        Kernel fast = new TimedKernel("fast", () -> 50_000, (byte) 0);
        assertThat(choice(slow, fast).kernel()).isSameAs(fast);
        assertThat(choice(fast, slow).kernel()).isSameAs(fast);
        assertThat(choice(slow, fast).reason()).contains("slow 0.1 GB/s").contains("fast 0.2 GB/s");
    }

    @Test
    void aKernelThatWarmsUpSlowlyIsJudgedByItsBest() {
        int[] calls = {0};
        Kernel steady = new TimedKernel("steady", () -> 50_000, (byte) 0);
        Kernel late =
                new TimedKernel("late", () -> ++calls[0] < 5_000 ? 100_000 : 10_000, (byte) 0);
        assertThat(choice(steady, late).kernel()).isSameAs(late);
    }

    @Test
    void aKernelWithWrongBytesIsNotChosen() {
        Kernel slow = new TimedKernel("slow", () -> 100_000, (byte) 0);
        Kernel wrong = new TimedKernel("wrong", () -> 1_000, (byte) 1);
        assertThat(choice(slow, wrong).kernel()).isSameAs(slow);
        assertThat(choice(slow, wrong).reason()).contains("wrong gives wrong bytes");
    }

    @Test
    void aChoiceOfOneSaysWhy() {
        assertThat(choice(new TimedKernel("lone", () -> 100_000, (byte) 0)).reason())
                .contains("jdk.incubator.vector is not there");
    }

    @Test
    void theSelectionIsMadeOnceAndServesFromThenOn() {
        assertThat(Kernels.chosen()).isSameAs(Kernels.scalar());
        Kernels.Selection selection = Kernels.select(System::nanoTime);
        assertThat(Kernels.select(() -> 0)).isSameAs(selection);
        assertThat(Kernels.chosen()).isSameAs(selection.kernel());
        assertThat(selection.reason()).matches("scalar [0-9.]+ GB/s, vector-[0-9]+ [0-9.]+ GB/s");
        assertThat(Kernels.available()).hasSize(2);
    }

    @Test
    void aJvmWithoutTheVectorModuleHasTheScalarKernel() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(java, "-cp", classPath, KernelsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("[scalar]");
    }

    /** What the child process of the test above runs. */
    public static void main(String[] args) {
        new ErasureCode(4, 8).encode(7, new byte[40], 10, new byte[10], 0);
        System.out.println(Kernels.available().stream().map(Kernel::name).toList());
    }

    private Kernels.Selection choice(Kernel... candidates) {
        return Kernels.fastest(List.of(candidates), () -> nowNanos += 1_000);
    }

    /** The scalar kernel with a made-up speed and, if the flaw is not 0, a wrong first byte. */
    private final class TimedKernel implements Kernel {
        private final Kernel scalar = Kernels.scalar();
        private final String name;
        private final IntSupplier costNanos;
        private final byte flaw;

        TimedKernel(String name, IntSupplier costNanos, byte flaw) {
            this.name = name;
            this.costNanos = costNanos;
            this.flaw = flaw;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
            nowNanos += costNanos.getAsInt();
            scalar.dot(row, inputs, symbolBytes, out, outOffset);
            out[outOffset] ^= flaw;
        }

        @Override
        public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
            scalar.multiply(rows, inputs, symbolBytes, out);
        }
    }
}
