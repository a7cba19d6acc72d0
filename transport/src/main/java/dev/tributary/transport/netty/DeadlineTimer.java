// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of a node, moved only when it must be.
 *
 * <p>The NIO loop sleeps whole milliseconds, rounded to the nearest, and spins through what is left
 * of a fraction below one half. At some hundred wake-ups a second that would cost more than the
 * protocol, so the timer is kept where the sleep ends after it.
 */
final class DeadlineTimer {
    private static final long MILLI = 1_000_000;

    /** What the loop rounds down, and the time until it does: what the wake-up has still to do. */
    private static final long SPUN = MILLI / 2 + MILLI / 4;

    /** The loop comes back so much after its sleep anyway. */
    private static final long SLACK = 30_000;

    private final EventLoop loop;
    private final Runnable task;
    private @Nullable ScheduledFuture<?> armed;
    private long armedNanos;

    DeadlineTimer(EventLoop loop, Runnable onFire) {
        this.loop = loop;
        this.task = () -> {
            armed = null;
            onFire.run();
        };
    }

    /** Fires at {@code deadlineNanos} or about a millisecond later; MAX_VALUE means never. */
    void arm(long now, long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            cancel();
            return;
        }
        long wanted = deadlineNanos - now;
        if (armed != null && fits(armedNanos - now, wanted)) {
            return;
        }
        cancel();
        long delay = delay(wanted);
        armedNanos = now + delay;
        armed = loop.schedule(task, delay, TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
        }
    }

    /**
     * Whether a timer that is {@code armed} nanoseconds away serves a deadline that is
     * {@code wanted} away, and makes nobody spin. One that is early stays: it is cheaper to fire it
     * than to move it.
     */
    static boolean fits(long armed, long wanted) {
        return armed <= SLACK || (armed <= wanted + MILLI && !spins(armed));
    }

    /** The delay to ask for: at least a millisecond, and one that the loop sleeps through. */
    static long delay(long wanted) {
        long delay = Math.max(wanted, MILLI);
        return spins(delay) ? delay - delay % MILLI + SPUN : delay;
    }

    private static boolean spins(long delay) {
        long fraction = delay % MILLI;
        return fraction > SLACK && fraction < SPUN;
    }
}
