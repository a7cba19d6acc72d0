// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.embed;

import dev.tributary.transport.Gap;
import dev.tributary.transport.Media;
import dev.tributary.transport.MediaSink;
import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.TributaryNode;
import dev.tributary.transport.Viewing;
import dev.tributary.transport.WatchOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Watches the stream whose link it is given, and writes it to standard output. */
public final class EmbeddedViewer {
    private EmbeddedViewer() {}

    public static void main(String[] args) throws IOException {
        StreamLink link = StreamLink.parse(args[0]);
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TributaryNode node = TributaryNode.open(NodeOptions.at(listen))) {
            Viewing viewing = node.watch(link, WatchOptions.usual(), sink(System.out));
            viewing.done().toCompletableFuture().join();
            System.out.flush();
            node.leave().toCompletableFuture().join();
        }
    }

    /** A sink must not block: real players put a queue between. */
    static MediaSink sink(OutputStream out) {
        return new MediaSink() {
            @Override
            public void onMedia(Media media) {
                try {
                    out.write(media.bytes(), media.offset(), media.length());
                } catch (IOException failed) {
                    throw new IllegalStateException("the output takes no more", failed);
                }
            }

            @Override
            public void onGap(Gap gap) {
                System.err.println("lost " + gap.blocks() + " blocks: " + gap.cause());
            }

            @Override
            public void onEnd() {}
        };
    }
}
