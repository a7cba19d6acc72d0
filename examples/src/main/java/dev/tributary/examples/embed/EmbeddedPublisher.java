// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.embed;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOptions;
import dev.tributary.transport.TributaryNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Publishes what comes on standard input as a stream of at most 1 Mbit/s. */
public final class EmbeddedPublisher {
    private static final long BITS_PER_SECOND = 1_000_000;

    private EmbeddedPublisher() {}

    public static void main(String[] args) throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TributaryNode node = TributaryNode.open(NodeOptions.at(listen))) {
            Publication publication = publish(node, "embedded");
            System.out.println(publication.link());
            copy(System.in, publication);
            node.leave().toCompletableFuture().join();
        }
    }

    static Publication publish(TributaryNode node, String name) {
        return node.publish(new PublishOptions(
                name,
                4,
                16,
                1_152,
                BITS_PER_SECOND,
                Duration.ofSeconds(1),
                1,
                List.of(),
                false,
                false));
    }

    /** Publishes bytes as they come, and returns when viewers have had time to take the last. */
    static void copy(InputStream input, Publication publication) throws IOException {
        byte[] buffer = new byte[4_096];
        int read = input.read(buffer);
        while (read >= 0) {
            publication.write(buffer, 0, read);
            read = input.read(buffer);
        }
        publication.end().toCompletableFuture().join();
    }
}
