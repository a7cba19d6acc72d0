// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.embed;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.Relaying;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.TributaryNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Carries the stream whose link it is given with at most 20 Mbit/s, until it ends. */
public final class EmbeddedRelay {
    private static final long UPLOAD_BITS_PER_SECOND = 20_000_000;

    private EmbeddedRelay() {}

    public static void main(String[] args) throws IOException {
        StreamLink link = StreamLink.parse(args[0]);
        try (TributaryNode node = open()) {
            Relaying relaying = node.relay(link);
            relaying.done().toCompletableFuture().join();
            System.err.println("sent " + relaying.stats().wireBytesOut() + " bytes");
            node.leave().toCompletableFuture().join();
        }
    }

    static TributaryNode open() throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TributaryNode.open(NodeOptions.at(listen).withUpload(UPLOAD_BITS_PER_SECOND));
    }
}
