// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.Publication;
import dev.tributary.transport.TributaryNode;
import dev.tributary.transport.Viewing;
import dev.tributary.transport.WatchOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EmbeddedTest {
    /** What the publisher chose. */
    private static final int K = 4;

    @Test
    void whatIsPublishedIsWatchedAndCarried() throws Exception {
        byte[] bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        ByteArrayOutputStream played = new ByteArrayOutputStream();
        try (TributaryNode source = open();
                TributaryNode relayNode = EmbeddedRelay.open();
                TributaryNode viewer = open()) {
            Publication publication = EmbeddedPublisher.publish(source, "test");
            var relaying = relayNode.relay(publication.link());
            Viewing viewing = viewer.watch(
                    publication.link(), WatchOptions.usual(), EmbeddedViewer.sink(played));
            while (substreamsPromised(viewing) < K) {
                assertThat(Thread.interrupted()).as("timed out").isFalse();
            }
            EmbeddedPublisher.copy(new ByteArrayInputStream(bytes), publication);

            viewing.done().toCompletableFuture().get(20, TimeUnit.SECONDS);
            relaying.done().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        assertThat(played.toByteArray()).isEqualTo(bytes);
    }

    private static int substreamsPromised(Viewing viewing) {
        return viewing.stats().suppliers().stream()
                .mapToInt(supplier -> supplier.esis().size())
                .sum();
    }

    private static TributaryNode open() throws Exception {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TributaryNode.open(NodeOptions.at(listen));
    }
}
