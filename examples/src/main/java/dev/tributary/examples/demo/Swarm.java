// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOptions;
import dev.tributary.transport.Relaying;
import dev.tributary.transport.StreamStats;
import dev.tributary.transport.TributaryNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The demo's nodes: a source, a relay, and viewers that come and go. */
final class Swarm implements AutoCloseable {
    private static final double SOURCE_SHARE = 2.5;
    private static final double RELAY_SHARE = 2.0;
    private static final double VIEWER_SHARE = 1.5;

    private static final int K = 8;
    private static final int N = 32;
    private static final int SYMBOL_BYTES = 1_152;
    private static final Duration DELAY = Duration.ofSeconds(2);

    private record Fixed(String name, String role, TributaryNode node, Supplier<StreamStats> source)
            implements DemoNode {
        @Override
        public long nodeId() {
            return node.nodeId();
        }

        @Override
        public StreamStats stats() {
            return source.get();
        }
    }

    private final long bitsPerSecond;
    private final long seed;
    private final byte[] clip;
    private final Publication publication;
    private final Fixed source;
    private final Fixed relay;
    private final List<DemoViewer> viewers = new ArrayList<>();
    private final List<TributaryNode> opened = new ArrayList<>();
    private final TreeMap<Long, String> names = new TreeMap<>();
    private long killedBytesOut;

    Swarm(DemoClip clip, long seed) throws IOException {
        this.bitsPerSecond = clip.bitsPerSecond();
        this.seed = seed;
        this.clip = clip.bytes();
        TributaryNode sourceNode = open(SOURCE_SHARE);
        this.publication = sourceNode.publish(new PublishOptions(
                "demo", K, N, SYMBOL_BYTES, bitsPerSecond, DELAY, 188, List.of(), false, false));
        this.source = new Fixed("source", "source", sourceNode, publication::stats);
        TributaryNode relayNode = open(RELAY_SHARE);
        Relaying relaying = relayNode.relay(publication.link());
        this.relay = new Fixed("relay", "relay", relayNode, relaying::stats);
        names.put(source.nodeId(), source.name());
        names.put(relay.nodeId(), relay.name());
    }

    Publication publication() {
        return publication;
    }

    static int blockBytes() {
        return K * SYMBOL_BYTES;
    }

    DemoViewer addViewer() throws IOException {
        int number = opened.size() - 1;
        TributaryNode node = open(VIEWER_SHARE);
        DemoViewer viewer = new DemoViewer("v" + number, node, publication.link(), clip);
        names.put(viewer.nodeId(), viewer.name());
        viewers.add(viewer);
        return viewer;
    }

    void kill(DemoViewer viewer) {
        killedBytesOut += viewer.stats().wireBytesOut();
        viewer.kill();
        viewers.remove(viewer);
    }

    List<DemoViewer> viewers() {
        return List.copyOf(viewers);
    }

    /** All nodes that live, in the order of the table. */
    List<DemoNode> nodes() {
        List<DemoNode> all = new ArrayList<>();
        all.add(source);
        all.add(relay);
        all.addAll(viewers);
        return all;
    }

    long killedBytesOut() {
        return killedBytesOut;
    }

    String nameOf(long nodeId) {
        return names.getOrDefault(nodeId, "?");
    }

    @Override
    public void close() {
        opened.forEach(TributaryNode::close);
    }

    /** Each node has a seed of its own, told from the demo's. */
    private TributaryNode open(double share) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        long ownSeed = seed * 1_000 + opened.size();
        long upload = Math.round(share * bitsPerSecond);
        TributaryNode node =
                TributaryNode.open(NodeOptions.at(any).withUpload(upload).withSeed(ownSeed));
        opened.add(node);
        return node;
    }
}
