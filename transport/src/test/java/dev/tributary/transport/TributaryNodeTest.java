// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TributaryNodeTest {
    private static final PublishOptions NEWS = PublishOptions.of("news", 2_000_000);

    @Test
    void aPortInUseIsExplained() throws IOException {
        try (TributaryNode node = open()) {
            assertThatThrownBy(() -> TributaryNode.open(NodeOptions.at(node.address())))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("in use by another program: choose another port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsExplained() {
        InetSocketAddress foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
        assertThatThrownBy(() -> TributaryNode.open(NodeOptions.at(foreign)))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("no address of this machine");
    }

    @Test
    void aPublicationHasALinkToTheBoundAddress() throws IOException {
        try (TributaryNode node = open()) {
            StreamLink link = node.publish(NEWS).link();
            assertThat(link.entries()).containsExactly(node.address());
            assertThat(StreamLink.parse(link.toString())).isEqualTo(link);
        }
    }

    @Test
    void aSocketOnTheWildcardAdvertisesAddressesThatOthersCanUse() throws IOException {
        InetSocketAddress wildcard = new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0);
        try (TributaryNode node = TributaryNode.open(NodeOptions.at(wildcard))) {
            assertThat(node.publish(NEWS).link().entries())
                    .isNotEmpty()
                    .noneMatch(entry -> entry.getAddress().isAnyLocalAddress())
                    .allMatch(entry -> entry.getPort() == node.address().getPort());
        }
    }

    @Test
    void aSeedRepeatsTheKeyAndNoSeedDoesNot() throws IOException {
        assertThat(keyOf(loopback().withSeed(7))).isEqualTo(keyOf(loopback().withSeed(7)));
        assertThat(keyOf(loopback())).isNotEqualTo(keyOf(loopback()));
    }

    @Test
    void aKeyThatIsKeptNamesTheStreamAtAnyNode() throws IOException {
        SigningKey key = SigningKey.fresh();
        try (TributaryNode first = open();
                TributaryNode second = open()) {
            StreamLink link = first.publish(NEWS, key).link();
            assertThat(link.toString()).contains("//" + key.publicText() + "/news?");
            assertThat(second.publish(NEWS, key).link().key()).isEqualTo(link.key());
        }
    }

    @Test
    void aCodeThatCannotBeIsRefusedAndTheNodeLivesOn() throws IOException {
        try (TributaryNode node = open()) {
            PublishOptions wrong = new PublishOptions(
                    "news",
                    8,
                    4,
                    1_152,
                    2_000_000,
                    Duration.ofSeconds(2),
                    1,
                    List.of(),
                    false,
                    false);
            assertThatThrownBy(() -> node.publish(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("N must be 8 to 255, not 4");
            assertThat(node.publish(NEWS).stats().blocksPlayed()).isZero();
        }
    }

    @Test
    void aLinkWhoseHostsAreUnknownIsExplained() throws IOException {
        try (TributaryNode node = open()) {
            StreamLink link = node.publish(NEWS).link();
            StreamLink lost = StreamLink.parse(
                    link.toString().replaceAll("at=.*", "at=nowhere.invalid:4000"));
            assertThatThrownBy(() -> node.watch(lost, WatchOptions.usual(), new Recording()))
                    .isInstanceOf(StreamException.class)
                    .hasMessageContaining("nowhere.invalid");
        }
    }

    @Test
    void randomTruncatedAndOversizedDatagramsDisturbNothing() throws IOException {
        try (TributaryNode node = open();
                DatagramSocket stranger = new DatagramSocket()) {
            Publication news = node.publish(NEWS);
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 1_000; i++) {
                byte[] bytes = new byte[random.nextInt(1_500)];
                random.nextBytes(bytes);
                send(stranger, bytes, node.address());
            }
            send(stranger, new byte[1_501], node.address());
            send(stranger, new byte[9_000], node.address());
            StreamStats stats =
                    Patience.until(news::stats, seen -> seen.counter("datagramsOversized") == 2);
            assertThat(stats.substreamsUp()).isZero();
        }
    }

    @Test
    void aClosedNodeSaysSo() throws Exception {
        TributaryNode node = open();
        Publication news = node.publish(NEWS);
        Viewing viewing = node.watch(news.link(), WatchOptions.usual(), new Recording());
        StreamStats last = news.stats();
        node.close();
        assertThatThrownBy(() -> viewing.done().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("closed before the stream ended");
        assertThatThrownBy(() -> news.write(new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThat(news.stats()).isEqualTo(last);
    }

    @Test
    void leavingEndsWithinItsBoundEvenWithoutAnyStream() throws Exception {
        try (TributaryNode idle = open();
                TributaryNode source = open()) {
            idle.leave().toCompletableFuture().get(2, TimeUnit.SECONDS);
            source.publish(NEWS);
            source.leave().toCompletableFuture().get(2, TimeUnit.SECONDS);
            assertThat(source.flightRecord()).isNotNull();
            assertThat(source.nodeId()).isNotZero();
        }
    }

    private static void send(DatagramSocket from, byte[] bytes, SocketAddress to)
            throws IOException {
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static Object keyOf(NodeOptions options) throws IOException {
        try (TributaryNode node = TributaryNode.open(options)) {
            return node.publish(NEWS).link().key();
        }
    }

    private static NodeOptions loopback() {
        return NodeOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static TributaryNode open() throws IOException {
        return TributaryNode.open(loopback());
    }
}
