// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelsTest {
    /** Advances by a little with each look, and by what a kernel takes. */
    private long nowNanos;

    @Test
    void theFastestKernelIsChosen() {
        Kernel slow = new TimedKernel("slow", () -> 100_000, (byte) 0);
        Kernel fast = new TimedKernel("fast", () -> 50_000, (byte) 0);
        assertThat(choice(slow, fast).kernel()).isSameAs(fast);
        assertThat(choice(fast, slow).kernel()).isSameAs(fast);
        assertThat(choice(slow, fast).reason()).matches("slow 0\\.[0-9] GB/s, fast 0\\.[0-9] GB/s");
    }

    @Test
    void aKernelThatWarmsUpSlowlyIsJudgedByItsBest() {
        int[] calls = {0};
        Kernel steady = new TimedKernel("steady", () -> 50_000, (byte) 0);
        Kernel late = new TimedKernel(
                "late", () -> ++calls[0] < 9_000 ? 100_000 : 10_000, (byte) 0, true);
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
    void whatIsNotThereIsNamedWithItsReason() {
        KernelChoice.Candidates lone = new KernelChoice.Candidates(
                List.of(new TimedKernel("lone", () -> 100_000, (byte) 0)),
                List.of("vector is not there: no module", "native is not there: no compiler"));
        assertThat(KernelChoice.fastest(lone, this::now).reason())
                .isEqualTo("the only one"
                        + "; vector is not there: no module; native is not there: no compiler");
    }

    @Test
    void whereThereIsNoChoiceNothingIsMeasured() {
        long before = nowNanos;
        choice(new TimedKernel("lone", () -> 100_000, (byte) 0));
        assertThat(nowNanos).isEqualTo(before);
    }

    @Test
    void measuringTakesLongOnlyWhereAKernelWarmsSlowly() {
        Kernel plain = new TimedKernel("plain", () -> 1_000, (byte) 0);
        Kernel fast = new TimedKernel("fast", () -> 500, (byte) 0);
        choice(plain, fast);
        long brief = nowNanos;
        choice(plain, new TimedKernel("slow to warm", () -> 500, (byte) 0, true));
        assertThat(nowNanos - brief).isGreaterThan(1_600_000_000L);
        assertThat(brief).isLessThan(300_000_000L);
    }

    @Test
    void aKernelThatNeverWarmsIsGivenUpInSeconds() {
        Kernel plain = new TimedKernel("plain", () -> 1_000, (byte) 0);
        Kernel cold = new TimedKernel("cold", () -> 1_000_000, (byte) 0, true);
        assertThat(choice(plain, cold).kernel()).isSameAs(plain);
        assertThat(nowNanos).isLessThan(12_000_000_000L);
    }

    @Test
    void theSelectionIsMadeOnceAndServesFromThenOn() {
        assertThat(Kernels.chosen()).isSameAs(Kernels.scalar());
        Kernels.Selection selection = Kernels.select(System::nanoTime);
        assertThat(Kernels.select(() -> 0)).isSameAs(selection);
        assertThat(Kernels.chosen()).isSameAs(selection.kernel());
        assertThat(selection.reason())
                .matches("scalar [0-9.]+ GB/s, vector-[0-9]+ [0-9.]+ GB/s"
                        + "(, native \\(.*\\) [0-9.]+ GB/s|; native is not there: .*)");
    }

    @Test
    void codesThatWereMadeBeforeTheChoiceMoveToTheChosenKernelExceptThoseWithTheirOwn() {
        int[] calls = {0};
        Kernel slow = new TimedKernel("slow", () -> 100_000, (byte) 0);
        Kernel fast = new TimedKernel("fast", () -> ++calls[0], (byte) 0);
        KernelChoice choice = new KernelChoice(
                slow, () -> new KernelChoice.Candidates(List.of(slow, fast), List.of()));
        ErasureCode follows = new ErasureCode(4, 8, choice.following());
        ErasureCode keeps = new ErasureCode(4, 8, slow);
        choice.select(this::now);
        int trialCalls = calls[0];
        follows.encode(5, new byte[40], 10, new byte[10], 0);
        follows.progressive(10, 5).fold(0, new byte[10], 0);
        follows.encode(follows.rows(5), new byte[40], 10, new byte[10]);
        assertThat(calls[0]).isEqualTo(trialCalls + 3);
        keeps.encode(5, new byte[40], 10, new byte[10], 0);
        assertThat(calls[0]).isEqualTo(trialCalls + 3);
    }

    @Test
    void anOverrideServesUnmeasuredAndStays() {
        Kernel first = new TimedKernel("first", () -> 1, (byte) 0);
        Kernel forced = new TimedKernel("forced", () -> 1, (byte) 0);
        KernelChoice choice = new KernelChoice(first, () -> {
            throw new AssertionError("measured");
        });
        choice.override(forced);
        assertThat(choice.select(this::now).kernel()).isSameAs(forced);
        assertThat(choice.chosen()).isSameAs(forced);
        assertThat(choice.following().name()).isEqualTo("forced");
    }

    @Test
    void aJvmWithoutVectorModuleAndNativeAccessHasTheScalarKernelAndNoWarnings() throws Exception {
        assertThat(childOutput())
                .contains("kernels [scalar]")
                .contains("vector is not there: no --add-modules jdk.incubator.vector")
                .contains("native is not there: native access is not enabled")
                .doesNotContain("WARNING");
    }

    @Test
    void aJvmThatDeniesNativeAccessStillCodes() throws Exception {
        assertThat(childOutput("--illegal-native-access=deny"))
                .contains("kernels [scalar]")
                .contains("native is not there: native access is not enabled");
    }

    @Test
    void theNativeLibraryLeavesNoFileBehind(@TempDir Path folder) throws Exception {
        String output =
                childOutput("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder);
        assertThat(output).doesNotContain("WARNING").contains(lastHere() + "]");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aJvmThatCannotWriteTheNativeLibrarySaysSo(@TempDir Path folder) throws Exception {
        String output = childOutput(
                "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + folder.resolve("none"));
        assertThat(output)
                .contains("kernels [scalar]")
                .contains(built() ? "does not load: " : "built without a C compiler");
    }

    /** Native where it was built for this processor: native access is enabled here. */
    private static String lastHere() {
        String last = Kernels.available().getLast().name();
        return last.equals("native") ? last : "scalar";
    }

    private static boolean built() {
        return KernelsTest.class.getResource("/native") != null;
    }

    private static String childOutput(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(KernelsTest.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** What the child processes of the tests above run. */
    public static void main(String[] args) {
        new ErasureCode(4, 8).encode(7, new byte[40], 10, new byte[10], 0);
        System.out.println(
                "kernels " + Kernels.available().stream().map(Kernel::name).toList());
        System.out.println(Kernels.absences());
    }

    private Kernels.Selection choice(Kernel... candidates) {
        return KernelChoice.fastest(
                new KernelChoice.Candidates(List.of(candidates), List.of()), this::now);
    }

    private long now() {
        nowNanos += 1_000;
        return nowNanos;
    }

    /** The scalar kernel with a made-up speed and, if the flaw is not 0, a wrong first byte. */
    private final class TimedKernel implements Kernel {
        private final Kernel scalar = Kernels.scalar();
        private final String name;
        private final IntSupplier costNanos;
        private final byte flaw;
        private final boolean warmsSlowly;

        TimedKernel(String name, IntSupplier costNanos, byte flaw) {
            this(name, costNanos, flaw, false);
        }

        TimedKernel(String name, IntSupplier costNanos, byte flaw, boolean warmsSlowly) {
            this.name = name;
            this.costNanos = costNanos;
            this.flaw = flaw;
            this.warmsSlowly = warmsSlowly;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean warmsSlowly() {
            return warmsSlowly;
        }

        @Override
        public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
            nowNanos += costNanos.getAsInt();
            scalar.dot(row, inputs, symbolBytes, out, outOffset);
            out[outOffset] ^= flaw;
        }

        @Override
        public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
            nowNanos += costNanos.getAsInt();
            scalar.multiply(rows, inputs, symbolBytes, out);
        }

        @Override
        public void accumulate(
                byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
            nowNanos += costNanos.getAsInt();
            scalar.accumulate(coefficients, input, inputOffset, symbolBytes, sums);
        }
    }
}
