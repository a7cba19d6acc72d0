// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.NativeLibrary;
import dev.tributary.codec.kernel.ScalarKernel;
import dev.tributary.codec.kernel.VectorKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Which kernel this JVM codes with. The scalar one serves from the start, since it needs no
 * warming; {@link #select} measures the others, and is for programs that code enough to be worth
 * the processor time this takes: a third of a second, or some seconds with a vector kernel.
 */
public final class Kernels {
    /** What was chosen, and why. */
    public record Selection(Kernel kernel, String reason) {}

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final ScalarKernel SCALAR = new ScalarKernel();

    private static final KernelChoice CHOICE = new KernelChoice(SCALAR, Kernels::candidates);

    private Kernels() {}

    /** The selected kernel, or the scalar one as long as none was selected. */
    public static Kernel chosen() {
        return CHOICE.chosen();
    }

    /** A kernel that is at each call the one that {@link #chosen} names then. */
    static Kernel following() {
        return CHOICE.following();
    }

    /** The kernel that every JVM has. */
    public static Kernel scalar() {
        return SCALAR;
    }

    /** All kernels that this JVM can run: scalar first, then vector and native where they are. */
    public static List<Kernel> available() {
        return candidates().kernels();
    }

    /** For each kernel that this JVM cannot run its name and the reason. */
    public static List<String> absences() {
        return candidates().absences();
    }

    /**
     * Measures all kernels on the calling thread, if there is a choice, and takes the fastest one
     * whose bytes are right. Every code without a kernel of its own moves to it, also those that
     * were made before; until then they go on with the scalar kernel, undisturbed. Does so once:
     * later calls return the same selection.
     *
     * @param nanoTime a clock in nanoseconds that never runs backwards
     */
    public static Selection select(LongSupplier nanoTime) {
        return CHOICE.select(nanoTime);
    }

    /** Chooses this kernel unmeasured, for tests and programs that know; replaces any choice. */
    public static Selection override(Kernel kernel) {
        return CHOICE.override(kernel);
    }

    private static KernelChoice.Candidates candidates() {
        List<Kernel> kernels = new ArrayList<>();
        List<String> absences = new ArrayList<>();
        kernels.add(SCALAR);
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
            kernels.add(vector());
        } else {
            absences.add("vector is not there: no --add-modules " + VECTOR_MODULE);
        }
        try {
            kernels.add(NativeLibrary.kernel());
        } catch (UnsupportedOperationException e) {
            absences.add("native is not there: " + e.getMessage());
        }
        return new KernelChoice.Candidates(List.copyOf(kernels), List.copyOf(absences));
    }

    /** In a method of its own, so that its class is linked only where the module is there. */
    private static Kernel vector() {
        return new VectorKernel(SCALAR);
    }
}
