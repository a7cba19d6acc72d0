// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a command does on SIGTERM and Ctrl-C before the process ends with exit code 0. Once the
 * command has ended by itself, nothing more is done.
 */
final class Interruption {
    private static final Duration MOST_LEAVING = Duration.ofMillis(2_500);

    private final AtomicReference<@Nullable Runnable> leave = new AtomicReference<>();

    private volatile boolean leaving;

    /** Listens for signals; on any other end of the process the code is the process's own. */
    void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "leave"));
    }

    /** From now on a signal runs this; it should take two seconds at most. */
    void onSignal(Runnable action) {
        leave.set(action);
    }

    /** Whether a signal came, so that what fails from now on fails because of it. */
    boolean leaving() {
        return leaving;
    }

    void disarm() {
        leave.set(null);
    }

    private void onShutdown() {
        Runnable action = leave.getAndSet(null);
        if (action != null) {
            leaving = true;
            runBounded(action);
            System.out.flush();
            System.err.flush();
            // The JVM would end with 128 + the signal's number, which scripts take for a failure.
            Runtime.getRuntime().halt(0);
        }
    }

    /** A player that does not read must not keep the process alive. */
    private static void runBounded(Runnable action) {
        Thread thread = Thread.ofPlatform().daemon().name("leaving").start(action);
        try {
            thread.join(MOST_LEAVING);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
