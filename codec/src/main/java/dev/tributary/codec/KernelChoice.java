// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import dev.tributary.codec.Kernels.Selection;
import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.NativeKernel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The choice of a kernel, made at most once by measuring; a JVM has one, each test its own. */
final class KernelChoice {
    /** What could be chosen: kernels, the oracle of the others first, and why others are not. */
    record Candidates(List<Kernel> kernels, List<String> absences) {}

    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private final ChosenKernel chosen;
    private final Supplier<Candidates> candidates;

    /** Whether the log has the line about the kernel that serves unselected. */
    private final AtomicBoolean announced = new AtomicBoolean();

    private @Nullable Selection selection;

    /** The first kernel serves until another is selected. */
    KernelChoice(Kernel first, Supplier<Candidates> candidates) {
        this.chosen = new ChosenKernel(first);
        this.candidates = candidates;
    }

    Kernel chosen() {
        return chosen.kernel();
    }

    Kernel following() {
        if (!announced.getAndSet(true)) {
            LOG.debug("coding kernel {}: serves at once, none was measured", chosen.name());
        }
        return chosen;
    }

    /** Nobody who codes waits for this. */
    synchronized Selection select(LongSupplier nanoTime) {
        Selection selected = selection;
        return selected == null ? take(fastest(candidates.get(), nanoTime)) : selected;
    }

    synchronized Selection override(Kernel kernel) {
        return take(new Selection(kernel, "the program says so"));
    }

    private Selection take(Selection selected) {
        selection = selected;
        announced.set(true);
        chosen.become(selected.kernel());
        LOG.info("coding kernel {}: {}", selected.kernel().name(), selected.reason());
        return selected;
    }

    /** The fastest of the candidates whose bytes are right. */
    static Selection fastest(Candidates candidates, LongSupplier nanoTime) {
        Kernel best = candidates.kernels().getFirst();
        if (candidates.kernels().size() == 1) {
            return new Selection(best, "the only one" + absences(candidates));
        }
        KernelTrial trial = new KernelTrial(candidates.kernels(), nanoTime);
        double bestRate = trial.bytesPerNano(best, 0);
        StringBuilder reason = new StringBuilder(figure(best, bestRate));
        for (Kernel candidate :
                candidates.kernels().subList(1, candidates.kernels().size())) {
            if (!trial.agrees(candidate)) {
                reason.append(", ").append(candidate.name()).append(" gives wrong bytes");
                continue;
            }
            double rate = trial.bytesPerNano(candidate, bestRate);
            reason.append(", ").append(figure(candidate, rate));
            if (rate > bestRate) {
                best = candidate;
                bestRate = rate;
            }
        }
        return new Selection(best, reason + absences(candidates));
    }

    private static String absences(Candidates candidates) {
        return candidates.absences().stream()
                .map(absence -> "; " + absence)
                .collect(Collectors.joining());
    }

    private static String figure(Kernel kernel, double bytesPerNano) {
        String means = kernel instanceof NativeKernel n ? " (" + n.instructions() + ")" : "";
        return "%s%s %.1f GB/s".formatted(kernel.name(), means, bytesPerNano);
    }
}
