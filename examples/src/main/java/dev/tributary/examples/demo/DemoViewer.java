// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.transport.Gap;
import dev.tributary.transport.Media;
import dev.tributary.transport.MediaSink;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.StreamStats;
import dev.tributary.transport.TributaryNode;
import dev.tributary.transport.Viewing;
import dev.tributary.transport.WatchOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A viewer that checks each byte it plays. */
final class DemoViewer implements DemoNode {
    private final String name;
    private final TributaryNode node;
    private final LoopCheck check;
    private final Viewing viewing;
    private long gapBlocks;
    private String firstGap = "";

    DemoViewer(String name, TributaryNode node, StreamLink link, byte[] clip) {
        this.name = name;
        this.node = node;
        this.check = new LoopCheck(clip);
        this.viewing = node.watch(link, WatchOptions.usual(), new Checked());
    }

    /** Runs on the node's event loop; the demo reads the results from its own thread. */
    private final class Checked implements MediaSink {
        @Override
        public void onMedia(Media media) {
            synchronized (check) {
                check.onBytes(media.bytes(), media.offset(), media.length());
            }
        }

        @Override
        public void onGap(Gap gap) {
            synchronized (check) {
                gapBlocks += gap.blocks();
                firstGap = firstGap.isEmpty()
                        ? "from " + gap.firstBlock() + " on, " + gap.cause()
                        : firstGap;
                check.onGap();
            }
        }

        @Override
        public void onEnd() {}
    }

    /** What this viewer lost of so many published bytes, in words; empty when nothing. */
    Optional<String> loss(long publishedBytes) {
        synchronized (check) {
            if (check.checkedBytes() == 0) {
                return Optional.of(name + " never played");
            }
            if (gapBlocks > 0) {
                return Optional.of(name + " lost " + gapBlocks + " blocks, the first " + firstGap);
            }
            if (check.wrongBytes() > 0) {
                return Optional.of(name + " played " + check.wrongBytes() + " wrong bytes");
            }
            return check.endsAt(publishedBytes)
                    ? Optional.empty()
                    : Optional.of(name + " did not play to the end");
        }
    }

    long checkedBytes() {
        synchronized (check) {
            return check.checkedBytes();
        }
    }

    CompletableFuture<Void> done() {
        return viewing.done().toCompletableFuture();
    }

    /** As when its process is killed: the socket is gone, and nobody is told. */
    void kill() {
        node.close();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String role() {
        return "viewer";
    }

    @Override
    public long nodeId() {
        return node.nodeId();
    }

    @Override
    public StreamStats stats() {
        return viewing.stats();
    }
}
