// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.ErasureCode;
import dev.tributary.transport.wire.Bytes32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source, a relay and a viewer on real sockets, and somebody with a plain socket beside them. */
@SuppressWarnings("NullAway.Init") // every test begins with start
final class PeersOnTheWireTest {
    private static final int SECONDS = 3;
    /** Eight random bytes are nowhere else by chance. */
    private static final int WINDOW = Long.BYTES;

    private static final int K = LoopbackStage.LIVE.k();

    private final LoopbackStage stage = new LoopbackStage();
    private final byte[] media = LoopbackStage.media(SECONDS);
    private final Recording recording = new Recording();
    private List<TributaryNode> nodes;
    private Publication live;
    private Relaying relaying;
    private Viewing viewing;
    private CompletableFuture<Void> camera;

    @BeforeEach
    void start() throws IOException {
        nodes = List.of(stage.open(8_000_000), stage.open(8_000_000), stage.open(6_000_000));
        live = nodes.get(0).publish(LoopbackStage.LIVE);
        relaying = nodes.get(1).relay(live.link());
        Patience.until(relaying::stats, LoopbackStage::hasAllSubstreams);
        viewing = nodes.get(2).watch(live.link(), WatchOptions.usual(), recording);
        Patience.until(viewing::stats, LoopbackStage::hasAllSubstreams);
        camera = stage.roll(live, media);
        Patience.until(relaying::stats, seen -> seen.headBlock() >= 2);
        Patience.until(viewing::stats, seen -> seen.headBlock() >= 2);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void assertTheViewerPlaysEverything() throws Exception {
        camera.get(SECONDS + 10, TimeUnit.SECONDS);
        LoopbackStage.await(live.end());
        LoopbackStage.await(viewing.done());
        LoopbackStage.await(relaying.done());
        assertThat(recording.gaps()).isEmpty();
        assertThat(recording.bytes().length)
                .as(() -> "the viewer's flight record: " + nodes.get(2).flightRecord())
                .isEqualTo(media.length);
        assertThat(Arrays.mismatch(recording.bytes(), media)).isNegative();
    }

    private Bytes32 stream() {
        return live.link().spec(Duration.ofSeconds(2)).id();
    }

    @Test
    void aBlockIsRebuiltFromSymbolsThatOnlyPeersEverSent() throws Exception {
        List<Integer> first = new ArrayList<>();
        List<Integer> second = new ArrayList<>();
        for (int esi = 2 * K; esi < 3 * K; esi++) {
            (esi % 2 == 0 ? first : second).add(esi);
        }
        try (PlainSocketPeer one = new PlainSocketPeer(nodes.get(1).address()).link(stream());
                PlainSocketPeer two = new PlainSocketPeer(nodes.get(2).address()).link(stream())) {
            one.subscribe(first);
            two.subscribe(second);
            Map<Long, List<PlainSocketPeer.Symbol>> blocks = new TreeMap<>();
            List<PlainSocketPeer.Symbol> whole = List.of();
            while (whole.size() < K) {
                collect(blocks, one.nextSymbol(), nodes.get(1));
                whole = collect(blocks, two.nextSymbol(), nodes.get(2));
            }
            assertRebuilt(whole);
        }
        List<Integer> supplied = live.stats().receivers().stream()
                .flatMap(receiver -> receiver.esis().stream())
                .toList();
        assertThat(supplied).isNotEmpty().allMatch(esi -> esi < 2 * K);
        assertTheViewerPlaysEverything();
    }

    @Test
    void nothingOfTheMediaCanBeReadOnTheWire() throws Exception {
        List<Integer> plain = new ArrayList<>();
        for (int esi = 0; esi < K; esi++) {
            plain.add(esi);
        }
        Set<Long> windows = new HashSet<>();
        for (int at = 0; at + WINDOW <= media.length; at++) {
            windows.add(window(media, at));
        }
        try (PlainSocketPeer peer = new PlainSocketPeer(nodes.get(1).address()).link(stream())) {
            peer.subscribe(plain);
            for (int i = 0; i < 50; i++) {
                byte[] opened = peer.nextSymbol().bytes();
                assertThat(shows(windows, opened)).as("it has the media").isTrue();
            }
            assertThat(peer.datagrams()).hasSizeGreaterThan(50);
            assertThat(peer.datagrams()).noneMatch(datagram -> shows(windows, datagram));
        }
        assertTheViewerPlaysEverything();
    }

    private static long window(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, WINDOW).getLong();
    }

    private static boolean shows(Set<Long> windows, byte[] bytes) {
        return IntStream.rangeClosed(0, bytes.length - WINDOW)
                .anyMatch(at -> windows.contains(window(bytes, at)));
    }

    private static List<PlainSocketPeer.Symbol> collect(
            Map<Long, List<PlainSocketPeer.Symbol>> blocks,
            PlainSocketPeer.Symbol symbol,
            TributaryNode sender) {
        assertThat(symbol.from()).isEqualTo(sender.address());
        assertThat(symbol.esi()).isBetween(2 * K, 3 * K - 1);
        List<PlainSocketPeer.Symbol> block =
                blocks.computeIfAbsent(symbol.block(), number -> new ArrayList<>());
        block.add(symbol);
        return block;
    }

    /** A block that waits for bytes goes out short, so its number does not say where they are. */
    private void assertRebuilt(List<PlainSocketPeer.Symbol> whole) {
        int symbolBytes = whole.getFirst().bytes().length;
        byte[] symbols = new byte[K * symbolBytes];
        for (int i = 0; i < K; i++) {
            System.arraycopy(whole.get(i).bytes(), 0, symbols, i * symbolBytes, symbolBytes);
        }
        int[] esis = whole.stream().mapToInt(PlainSocketPeer.Symbol::esi).toArray();
        byte[] block = new byte[K * symbolBytes];
        new ErasureCode(K, LoopbackStage.LIVE.n())
                .decoder()
                .decode(esis, symbols, symbolBytes, block);
        int bytes = whole.getFirst().blockBytes();
        assertThat(IntStream.rangeClosed(0, media.length - bytes)
                        .anyMatch(at -> Arrays.equals(media, at, at + bytes, block, 0, bytes)))
                .as("the block is in the media")
                .isTrue();
    }

    @Test
    void randomTruncatedAndForeignDatagramsAtEveryPortAreCountedAndDisturbNobody()
            throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        int thrown = 0;
        try (PlainSocketPeer member = new PlainSocketPeer(nodes.get(1).address()).link(stream());
                PlainSocketPeer stranger = new PlainSocketPeer(nodes.get(1).address())) {
            member.subscribe(List.of(2 * K));
            while (member.datagrams().size() < 30) {
                member.nextSymbol();
            }
            for (byte[] genuine : member.datagrams()) {
                byte[] noise = new byte[random.nextInt(1, 1_400)];
                random.nextBytes(noise);
                for (TributaryNode node : nodes) {
                    stranger.throwAt(noise, noise.length, node.address());
                    stranger.throwAt(genuine, genuine.length, node.address());
                    int cut = random.nextInt(genuine.length);
                    stranger.throwAt(genuine, cut, node.address());
                    member.throwAt(genuine, cut, node.address());
                }
                thrown += 4;
            }
        }
        int sent = thrown;
        List<Supplier<StreamStats>> ports = List.of(live::stats, relaying::stats, viewing::stats);
        for (Supplier<StreamStats> port : ports) {
            Patience.until(port, seen -> seen.counter("datagramsMalformed") >= sent / 2);
        }
        assertTheViewerPlaysEverything();
    }
}
