// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadlineTimerTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    @Test
    void aDelayIsNeverShorterThanAskedAndHardlyLonger() {
        for (long wanted = -MILLI; wanted < 20 * MILLI; wanted += 7 * MICRO) {
            long delay = DeadlineTimer.delay(wanted);
            long asked = Math.max(wanted, MILLI);
            assertThat(delay).isBetween(asked, asked + MILLI);
        }
    }

    @Test
    void theLoopNeverSpinsThroughTheLastFractionOfADelay() {
        for (long wanted = 0; wanted < 20 * MILLI; wanted += 7 * MICRO) {
            for (long busy = 0; busy <= 200 * MICRO; busy += 50 * MICRO) {
                long left = DeadlineTimer.delay(wanted) - busy;
                long slept = (left + MILLI / 2) / MILLI * MILLI;
                assertThat(left - slept).isLessThanOrEqualTo(30 * MICRO);
            }
        }
    }

    @Test
    void aTimerThatIsEarlyOrALittleLateStays() {
        assertThat(DeadlineTimer.fits(3 * MILLI, 8 * MILLI)).isTrue();
        assertThat(DeadlineTimer.fits(9 * MILLI, 8 * MILLI)).isTrue();
        assertThat(DeadlineTimer.fits(10 * MILLI, 8 * MILLI)).isFalse();
        assertThat(DeadlineTimer.fits(3 * MILLI + 200 * MICRO, 8 * MILLI)).isFalse();
        assertThat(DeadlineTimer.fits(-MILLI, 8 * MILLI)).isTrue();
    }

    @Test
    void aDeadlineThatMovesEarlierIsMet() throws Exception {
        EventLoop loop = new DefaultEventLoop();
        try {
            CompletableFuture<Long> fired = new CompletableFuture<>();
            DeadlineTimer timer = new DeadlineTimer(loop, () -> fired.complete(System.nanoTime()));
            long start = System.nanoTime();
            loop.submit(() -> {
                        timer.arm(start, Long.MAX_VALUE);
                        timer.arm(start, start + 60_000 * MILLI);
                        timer.arm(start, start + 5 * MILLI);
                    })
                    .sync();
            assertThat(fired.get(10, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(5 * MILLI);
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
