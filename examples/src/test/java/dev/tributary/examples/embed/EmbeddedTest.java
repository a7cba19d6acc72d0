// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.examples.media.ByteSink;
import dev.tributary.examples.media.FileStretches;
import dev.tributary.examples.media.PaceClock;
import dev.tributary.examples.media.Pacer;
import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.Publication;
import dev.tributary.transport.Relaying;
import dev.tributary.transport.TributaryNode;
import dev.tributary.transport.Viewing;
import dev.tributary.transport.WatchOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EmbeddedTest {
    /** What the publisher chose. */
    private static final int K = 4;

    private static final long BITS_PER_SECOND = 800_000;

    @Test
    void whatIsPublishedIsWatchedAndCarried() throws Exception {
        byte[] bytes = new byte[100_000];
        new Random(1).nextBytes(bytes);
        ByteArrayOutputStream played = new ByteArrayOutputStream();
        try (TributaryNode source = open();
                TributaryNode relayNode = EmbeddedRelay.open();
                TributaryNode viewer = open()) {
            Publication publication = EmbeddedPublisher.publish(source, "test");
            Relaying relaying = relayNode.relay(publication.link());
            Viewing viewing = viewer.watch(
                    publication.link(), WatchOptions.usual(), EmbeddedViewer.sink(played));
            while (substreamsPromised(viewing) < K) {
                assertThat(Thread.interrupted()).as("timed out").isFalse();
            }
            EmbeddedPublisher.copy(inRealTime(bytes), publication);

            viewing.done().toCompletableFuture().get(20, TimeUnit.SECONDS);
            relaying.done().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(played.toByteArray()).isEqualTo(bytes);
    }

    /** As from a microphone: a thread writes them at their rate. */
    private static InputStream inRealTime(byte[] bytes) throws IOException {
        PipedOutputStream microphone = new PipedOutputStream();
        PipedInputStream heard = new PipedInputStream(microphone);
        CompletableFuture<Void> writing =
                CompletableFuture.runAsync(() -> write(bytes, microphone));
        assertThat(writing).isNotCompletedExceptionally();
        return heard;
    }

    private static void write(byte[] bytes, PipedOutputStream microphone) {
        try (microphone) {
            FileStretches stretches = new FileStretches(
                    () -> new ByteArrayInputStream(bytes), OptionalLong.of(BITS_PER_SECOND), false);
            Pacer.ofBytes(PaceClock.system(), into(microphone)).run(stretches);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static ByteSink into(PipedOutputStream microphone) {
        return new ByteSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    microphone.write(bytes, offset, length);
                    microphone.flush();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public void finish() {}
        };
    }

    private static int substreamsPromised(Viewing viewing) {
        return viewing.stats().suppliers().stream()
                .mapToInt(supplier -> supplier.esis().size())
                .sum();
    }

    private static TributaryNode open() throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TributaryNode.open(NodeOptions.at(listen));
    }
}
