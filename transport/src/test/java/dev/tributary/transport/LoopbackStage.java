// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes with real sockets on loopback, and a camera that writes in real time. */
final class LoopbackStage implements AutoCloseable {
    static final long BITS_PER_SECOND = 2_000_000;
    static final PublishOptions LIVE = PublishOptions.of("live", BITS_PER_SECOND);

    private static final int TICK_MILLIS = 10;

    private final List<TributaryNode> nodes = new ArrayList<>();
    private final ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();

    /** Random bytes for so many seconds. */
    static byte[] media(int seconds) {
        byte[] media = new byte[(int) (BITS_PER_SECOND / 8 * seconds)];
        new SplittableRandom(5).nextBytes(media);
        return media;
    }

    TributaryNode open(long uploadBitsPerSecond) throws IOException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TributaryNode node =
                TributaryNode.open(NodeOptions.at(loopback).withUpload(uploadBitsPerSecond));
        nodes.add(node);
        return node;
    }

    /** Writes the media in real time; completes after the last byte. */
    @SuppressWarnings("FutureReturnValueIgnored") // the camera is shut down after the test
    CompletableFuture<Void> roll(Publication live, byte[] media) {
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
    static boolean hasAllSubstreams(StreamStats seen) {
        return seen.suppliers().stream()
                        .flatMap(supplier -> supplier.esis().stream())
                        .distinct()
                        .count()
                >= LIVE.k();
    }

    static void await(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        camera.shutdownNow();
        nodes.forEach(TributaryNode::close);
    }
}
