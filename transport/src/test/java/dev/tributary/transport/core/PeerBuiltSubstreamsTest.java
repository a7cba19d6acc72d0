// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Subscribe;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is on the wire between peers: symbols that the source never sent, and what they are for. */
class PeerBuiltSubstreamsTest {
    private static final int SOURCE = 0;

    /** The source offers 2K ESIs and never begins with another one. */
    private static int firstOfPeers(SmallNet net) {
        return 2 * net.spec.k();
    }

    @Test
    void aViewerPlaysOnWithNothingButEsisThatTheSourceNeverSent() {
        SmallNet net = SmallNet.usual(1);
        WireTap tap = WireTap.on(net);
        Station source = net.source(2.5);
        Station peer = net.viewer(3, source);
        net.stream(source, 3 * SECOND);
        Station viewer = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        takeOnlyBuiltSubstreams(net, viewer, peer);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(peer, viewer));

        BitSet sent = tap.esis(symbol -> symbol.from() == SOURCE);
        assertThat(sent.length()).isLessThanOrEqualTo(firstOfPeers(net));
        assertThat(blocksInNeedOfPeers(net, tap, viewer)).isGreaterThan(40);
        assertThat(tap.symbols(symbol -> symbol.to() == viewer.index && !sent.get(symbol.esi())))
                .hasSizeGreaterThan(40 * net.spec.k());
    }

    /** Asks a peer for K ESIs that nobody has, and gives back what came until then. */
    private static void takeOnlyBuiltSubstreams(SmallNet net, Station viewer, Station peer) {
        Suppliers suppliers = viewer.stream.suppliers;
        List<Subscription> old = new ArrayList<>(suppliers.all());
        Link link = Objects.requireNonNull(viewer.stream.membership.linkOf(peer.node.id()));
        List<Integer> esis = new ArrayList<>();
        for (int i = 0; i < net.spec.k(); i++) {
            esis.add(firstOfPeers(net) + i);
        }
        viewer.stream.begin(viewer.localNow(), viewer);
        suppliers.ask(viewer.localNow(), link, esis, new Suppliers.Wish(Subscribe.ORPHAN, -1, 0));
        old.forEach(suppliers::release);
    }

    @Test
    void inASwarmPeersMendBlocksWithSymbolsThatTheSourceNeverSent() {
        int needed = 0;
        for (long seed = 1; seed <= 3; seed++) {
            SmallNet net = SmallNet.usual(seed);
            net.loss = (from, to, datagram) -> net.random.nextInt(100) < 2;
            WireTap tap = WireTap.on(net);
            Station source = net.source(2.5);
            List<Station> viewers = net.viewers(8, 1.5, source);
            net.assertAllPlayToTheEnd(source, 4 * SECOND, viewers);
            for (Station viewer : viewers) {
                needed += blocksInNeedOfPeers(net, tap, viewer);
            }
        }
        assertThat(needed).isPositive();
    }

    /** Blocks of which fewer than K symbols came that the source had sent to anybody. */
    private static int blocksInNeedOfPeers(SmallNet net, WireTap tap, Station viewer) {
        Map<Long, BitSet> sent = byBlock(tap.symbols(one -> one.from() == SOURCE));
        Map<Long, BitSet> came = byBlock(tap.symbols(one -> one.to() == viewer.index));
        int count = 0;
        for (Map.Entry<Long, BitSet> block : came.entrySet()) {
            int all = block.getValue().cardinality();
            block.getValue().and(sent.getOrDefault(block.getKey(), new BitSet()));
            boolean needed = block.getValue().cardinality() < net.spec.k();
            count += all >= net.spec.k() && needed ? 1 : 0;
        }
        return count;
    }

    private static Map<Long, BitSet> byBlock(List<WireTap.Symbol> symbols) {
        Map<Long, BitSet> blocks = new TreeMap<>();
        for (WireTap.Symbol symbol : symbols) {
            blocks.computeIfAbsent(symbol.block(), block -> new BitSet()).set(symbol.esi());
        }
        return blocks;
    }

    @Test
    void whatASymbolIsPassedOnOrBuiltFromAddsOneToItsDepth() {
        SmallNet net = SmallNet.usual(4);
        // A chain: nobody reaches further than the next.
        net.loss = (from, to, datagram) -> from < 10 && to < 10 && Math.abs(from - to) > 1;
        WireTap tap = WireTap.on(net);
        Station source = net.source(2.5);
        Station first = net.viewer(2, source);
        net.stream(source, SECOND);
        Station second = net.viewer(2, first);
        net.stream(source, SECOND);
        Station third = net.viewer(0, second);
        net.stream(source, 2 * SECOND);
        Stranger builder = net.stranger().link(first);
        builder.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(firstOfPeers(net))));
        net.stream(source, SECOND);

        assertDepth(tap, source, 1);
        assertDepth(tap, first, 2);
        assertDepth(tap, second, 3);
        assertThat(builder.symbols).isNotEmpty().containsOnly(firstOfPeers(net));
        net.finish(source);
        third.assertPlayedAll();
    }

    private static void assertDepth(WireTap tap, Station sender, int depth) {
        List<WireTap.Symbol> sent = tap.symbols(symbol -> symbol.from() == sender.index);
        assertThat(sent).isNotEmpty().allMatch(symbol -> symbol.depth() == depth);
    }

    @Test
    void aViewerIsNeverSentMoreThanItsKSubstreamsForLong() {
        SmallNet net = SmallNet.usual(5);
        WireTap tap = WireTap.on(net);
        Station source = net.source(2.5);
        List<Station> viewers = net.viewers(6, 1.5, source);
        net.stream(source, 6 * SECOND);
        long settled = source.figures().headBlock() / 2;
        for (Station viewer : viewers) {
            List<WireTap.Symbol> received =
                    tap.symbols(one -> one.to() == viewer.index && one.block() > settled);
            long distinct = received.stream()
                    .map(symbol -> List.of(symbol.block(), (long) symbol.esi()))
                    .distinct()
                    .count();
            long blocks = source.figures().headBlock() - settled;
            assertThat((double) distinct / received.size())
                    .as("share of symbols that bring something")
                    .isGreaterThan(0.98);
            assertThat(received.size()).isLessThan((int) (1.1 * blocks * net.spec.k()));
        }
    }
}
