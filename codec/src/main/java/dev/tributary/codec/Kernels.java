// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.ScalarKernel;
import dev.tributary.codec.kernel.VectorKernel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernel this JVM codes with. The scalar one serves from the start, since it needs no
 * warming; {@link #select} measures the others, and is for programs that code enough to be worth
 * the seconds of processor time this takes.
 */
public final class Kernels {
    /** What was chosen, and why. */
    public record Selection(Kernel kernel, String reason) {}

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final ScalarKernel SCALAR = new ScalarKernel();

    /** Whether the log has the line about the kernel that serves unselected. */
    private static final AtomicBoolean ANNOUNCED = new AtomicBoolean();

    private static volatile @Nullable Selection selection;

    private Kernels() {}

    /** The selected kernel, or the scalar one as long as none was selected. */
    public static Kernel chosen() {
        Selection selected = selection;
        if (selected != null) {
            return selected.kernel();
        }
        if (!ANNOUNCED.getAndSet(true)) {
            LOG.info("coding kernel {}: serves at once, none was measured", SCALAR.name());
        }
        return SCALAR;
    }

    /** The kernel that every JVM has. */
    public static Kernel scalar() {
        return SCALAR;
    }

    /** All kernels that this JVM can run, the scalar one first. */
    public static List<Kernel> available() {
        return vectorModulePresent() ? List.of(SCALAR, vector()) : List.of(SCALAR);
    }

    /**
     * Measures all kernels on the calling thread, for some seconds, and chooses the fastest one
     * whose bytes are right. Does so once: later calls return the same selection. Codes that were
     * made before keep their kernel.
     *
     * @param nanoTime a clock in nanoseconds that never runs backwards
     */
    public static synchronized Selection select(LongSupplier nanoTime) {
        Selection selected = selection;
        if (selected == null) {
            selected = fastest(available(), nanoTime);
            selection = selected;
            LOG.info("coding kernel {}: {}", selected.kernel().name(), selected.reason());
        }
        return selected;
    }

    /** The fastest of the candidates; the first one is the oracle of the others. */
    static Selection fastest(List<Kernel> candidates, LongSupplier nanoTime) {
        KernelTrial trial = new KernelTrial(candidates.getFirst(), nanoTime);
        Kernel best = candidates.getFirst();
        double bestRate = trial.bytesPerNano(best);
        StringBuilder reason = new StringBuilder(figure(best, bestRate));
        for (Kernel candidate : candidates.subList(1, candidates.size())) {
            if (!trial.agrees(candidate)) {
                reason.append(", ").append(candidate.name()).append(" gives wrong bytes");
                continue;
            }
            double rate = trial.bytesPerNano(candidate);
            reason.append(", ").append(figure(candidate, rate));
            if (rate > bestRate) {
                best = candidate;
                bestRate = rate;
            }
        }
        if (candidates.size() == 1) {
            reason.append(", the only one: ").append(VECTOR_MODULE).append(" is not there");
        }
        return new Selection(best, reason.toString());
    }

    private static String figure(Kernel kernel, double bytesPerNano) {
        return "%s %.1f GB/s".formatted(kernel.name(), bytesPerNano);
    }

    private static boolean vectorModulePresent() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    }

    /** In a method of its own, so that its class is linked only where the module is there. */
    private static Kernel vector() {
        return new VectorKernel(SCALAR);
    }
}
