// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback, a few nodes in one process. */
final class LoopbackSwarmTest {
    private static final long BITS_PER_SECOND = 2_000_000;
    private static final int SECONDS = 3;
    private static final int TICK_MILLIS = 10;

    private final List<TributaryNode> nodes = new ArrayList<>();
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void closeAll() {
        camera.shutdownNow();
        nodes.forEach(TributaryNode::close);
    }

    @Test
    void viewersPlayWhatWasPublishedAndServeEachOther() throws Exception {
        byte[] media = new byte[(int) (BITS_PER_SECOND / 8 * SECONDS)];
        new SplittableRandom(5).nextBytes(media);
        Publication live = open(5_000_000).publish(PublishOptions.of("live", BITS_PER_SECOND));
        List<Recording> recordings = new ArrayList<>();
        List<Viewing> viewings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Recording recording = new Recording();
            recordings.add(recording);
            viewings.add(open(3_000_000).watch(live.link(), WatchOptions.usual(), recording));
        }
        for (Viewing viewing : viewings) {
            Patience.until(viewing::stats, LoopbackSwarmTest::hasAllSubstreams);
        }
        roll(live, media).get(SECONDS + 5, TimeUnit.SECONDS);
        await(live.end());
        for (int i = 0; i < viewings.size(); i++) {
            await(viewings.get(i).done());
            assertThat(recordings.get(i).gaps()).isEmpty();
            assertThat(recordings.get(i).bytes().length).isEqualTo(media.length);
            assertThat(Arrays.mismatch(recordings.get(i).bytes(), media)).isNegative();
            assertThat(viewings.get(i).stats().bytesPlayed()).isEqualTo(media.length);
        }
        assertThat(viewings).anyMatch(viewing -> viewing.stats().wireBytesOut() > media.length / 4);
        assertThat(live.stats().wireBytesOut()).isLessThan(3L * media.length);
    }

    @Test
    void aSinkThatThrowsEndsItsOwnViewingOnly() throws Exception {
        byte[] media = new byte[(int) (BITS_PER_SECOND / 8)];
        Publication live = open(10_000_000).publish(PublishOptions.of("live", BITS_PER_SECOND));
        Recording recording = new Recording();
        Viewing broken = open(0).watch(live.link(), WatchOptions.usual(), new Broken());
        Viewing whole = open(0).watch(live.link(), WatchOptions.usual(), recording);
        Patience.until(whole::stats, LoopbackSwarmTest::hasAllSubstreams);
        roll(live, media).get(10, TimeUnit.SECONDS);
        await(live.end());
        await(whole.done());
        assertThat(Arrays.mismatch(recording.bytes(), media)).isNegative();
        assertThat(broken.done().toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("the disk is full");
    }

    /** Writes the media in real time; completes after the last byte. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is shut down after the test
    private CompletableFuture<Void> roll(Publication live, byte[] media) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger position = new AtomicInteger();
        int perTick = (int) (BITS_PER_SECOND / 8 * TICK_MILLIS / 1_000);
        camera.scheduleAtFixedRate(
                () -> {
                    int from = position.getAndAdd(perTick);
                    if (from < media.length) {
                        live.write(media, from, Math.min(perTick, media.length - from));
                    } else {
                        done.complete(null);
                    }
                },
                0,
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
        return done;
    }

    /** Subscribed to; none flows before the camera rolls. */
    private static boolean hasAllSubstreams(StreamStats seen) {
        return seen.suppliers().stream()
                        .flatMap(supplier -> supplier.esis().stream())
                        .distinct()
                        .count()
                >= 8;
    }

    private TributaryNode open(long uploadBitsPerSecond) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TributaryNode node =
                TributaryNode.open(NodeOptions.at(loopback).withUpload(uploadBitsPerSecond));
        nodes.add(node);
        return node;
    }

    private static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** A sink of an embedder with a bug. */
    private static final class Broken implements MediaSink {
        @Override
        public void onMedia(Media media) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void onGap(Gap gap) {}

        @Override
        public void onEnd() {}
    }
}
