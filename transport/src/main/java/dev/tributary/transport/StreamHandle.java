// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.netty.UdpDriver;
import dev.tributary.transport.trust.Pass;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A stream at a running node, as any thread may use it. */
final class StreamHandle {
    /** A healthy loop answers within a millisecond. */
    private static final long PATIENCE_SECONDS = 5;

    private final UdpDriver driver;
    private final Playback playback;
    private volatile @Nullable StreamStats latest;

    StreamHandle(UdpDriver driver, Playback playback) {
        this.driver = driver;
        this.playback = playback;
    }

    UdpDriver driver() {
        return driver;
    }

    Playback playback() {
        return playback;
    }

    void renew(TicketGate gate, StreamTicket ticket) {
        Pass next = gate.pass(Optional.of(ticket), Instant.now().getEpochSecond());
        if (next != null) {
            await(driver.call((now, node, out) -> playback.stream().renew(now, next, out)));
        }
    }

    /** Asked on the event loop; once the node is closed, the last answer. */
    StreamStats stats() {
        if (driver.onLoop()) {
            throw new IllegalStateException(
                    "statistics must be asked for on another thread than the media sink's");
        }
        CompletableFuture<StreamStats> asked =
                driver.call((now, node, out) -> Snapshots.of(playback, node, now, driver.counts()));
        try {
            StreamStats answer = await(asked);
            latest = answer;
            return answer;
        } catch (IllegalStateException closed) {
            StreamStats last = latest;
            if (last == null) {
                throw closed;
            }
            return last;
        }
    }

    /**
     * Waits for the event loop's answer.
     *
     * @throws IllegalStateException if the node is closed, has failed, or does not answer
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IllegalArgumentException mistake) {
                throw mistake;
            }
            if (failed.getCause() instanceof IllegalStateException state) {
                throw state;
            }
            throw new IllegalStateException("the node has failed", failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException("the node's event loop is stuck", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node", interrupted);
        }
    }
}
