// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.codec.Kernels;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves this JVM to its fastest coding kernel, once, in the background. Nodes code on the scalar
 * kernel until then.
 */
final class KernelSelection {
    /**
     * Measuring takes a third of a second of processor time where there is no vector kernel. That
     * is not spent while a viewer starts, and not at all by a program that only looks in.
     */
    private static final Duration DELAY = Duration.ofSeconds(10);

    /** The kernel is the whole JVM's, so its selection is too. */
    static final KernelSelection OF_THIS_JVM =
            new KernelSelection(DELAY, () -> Kernels.select(System::nanoTime));

    private final Duration delay;
    private final Runnable select;
    private final AtomicBoolean begun = new AtomicBoolean();

    KernelSelection(Duration delay, Runnable select) {
        this.delay = delay;
        this.select = select;
    }

    /** A node runs: unless another one did before, the selection is made in a while. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            Thread thread = new Thread(this::run, "tributary-kernel");
            thread.setDaemon(true);
            thread.start();
        }
    }

    boolean begun() {
        return begun.get();
    }

    private void run() {
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException nobodyWaitsForIt) {
            return;
        }
        select.run();
    }
}
