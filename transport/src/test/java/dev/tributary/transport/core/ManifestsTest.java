// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Message.ManifestFeed;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node takes for the source's word, and how it comes by it. */
class ManifestsTest {
    private static final long EPOCH = 1_700_000_000_000L;

    private final SmallNet net = SmallNet.usual(1);
    private WireTap tap;
    private Station source;
    private Station viewer;

    @BeforeEach
    void join() {
        net.epochMillis = EPOCH;
        source = net.source(2.5);
        tap = WireTap.on(net);
        viewer = net.viewer(1.5, source);
    }

    private static boolean isManifest(byte[] datagram) {
        return WireTap.type(datagram) == Wire.MANIFEST;
    }

    private static Manifest read(SignedManifest told) {
        return Manifest.read(new WireReader().reset(told.signed(), 0, told.signed().length));
    }

    /** A manifest of no blocks. */
    private SignedManifest signed(StreamKey key, Bytes32 stream, long epoch, long sequence) {
        Manifest manifest = new Manifest(
                epoch,
                sequence,
                1_000,
                net.spec.k(),
                net.spec.n(),
                net.spec.symbolBytes(),
                net.spec.bitsPerSecond(),
                net.spec.closed(),
                net.spec.encrypted(),
                0,
                0,
                List.of());
        byte[] room = new byte[Wire.MAX_DATAGRAM_BYTES];
        WireWriter writer = new WireWriter().reset(room, 0);
        manifest.write(writer);
        byte[] text = Arrays.copyOf(room, writer.length());
        byte[] signature = key.sign(SourceWord.MANIFEST, stream, text, text.length);
        byte[] all = Arrays.copyOf(text, text.length + signature.length);
        System.arraycopy(signature, 0, all, text.length, signature.length);
        return new SignedManifest(1, all);
    }

    /** The viewer gets a manifest from the node that it takes manifests from. */
    private void tell(SignedManifest told) {
        viewer.stream.begin(viewer.localNow(), viewer);
        Link link = viewer.stream.links.open().getFirst();
        viewer.stream.manifests.onManifest(viewer.localNow(), link, told);
    }

    private void assertRefusedAndClosed() {
        assertThat(viewer.count(Counter.MANIFESTS_FORGED)).isEqualTo(1);
        assertThat(viewer.figures().liars()).containsExactly(source.node.id());
        assertThat(viewer.stream.links.openCount()).isZero();
    }

    @Test
    void integrity1BogusManifestsCostTheSenderItsLink() {
        net.stream(source, SECOND);
        net.loss = (from, to, datagram) -> {
            if (isManifest(datagram)) {
                datagram[datagram.length - Wire.TAG_BYTES - 1] ^= 1;
            }
            return false;
        };
        net.stream(source, SECOND);
        assertRefusedAndClosed();
    }

    @Test
    void theManifestOfAnotherStreamOfTheSameKeyIsRefused() {
        net.stream(source, SECOND);
        tell(signed(net.key, StreamKey.streamId(net.key.publicKey(), "other"), EPOCH, 1_000));
        assertRefusedAndClosed();
    }

    @Test
    void theManifestOfAnotherKeyIsRefused() {
        net.stream(source, SECOND);
        byte[] seed = new byte[32];
        seed[0] = 1;
        tell(signed(StreamKey.of(seed), net.spec.id(), EPOCH, 1_000));
        assertRefusedAndClosed();
    }

    @Test
    void theManifestOfAnEarlierEpochIsCountedAndChangesNothing() {
        net.stream(source, SECOND);
        tell(signed(net.key, net.spec.id(), EPOCH - 1, 1_000));
        assertThat(viewer.count(Counter.MANIFESTS_STALE)).isEqualTo(1);
        assertThat(viewer.stream.manifests.epoch()).isEqualTo(EPOCH);
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }

    @Test
    void theManifestOfALaterEpochEndsTheStreamThatWasWatched() {
        net.stream(source, SECOND);
        tell(signed(net.key, net.spec.id(), EPOCH + 1, 0));
        assertThat(viewer.stream.failure())
                .hasValueSatisfying(why -> assertThat(why).contains("began anew"));
    }

    @Test
    void integrity2OldManifestsSentAgainAreCountedAndMoveNothing() {
        net.stream(source, 3 * SECOND);
        List<SignedManifest> old = tap.said(source.index, SignedManifest.class);
        long newest = viewer.stream.blocks.newest();
        long before = viewer.count(Counter.MANIFESTS_DUPLICATE);
        old.subList(0, 5).forEach(this::tell);
        assertThat(viewer.count(Counter.MANIFESTS_DUPLICATE)).isEqualTo(before + 5);
        assertThat(viewer.stream.blocks.newest()).isEqualTo(newest);
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }

    @Test
    void manifestsThatNobodyAskedForAreDroppedAndTheirSenderIsTold() {
        net.stream(source, SECOND);
        Stranger stranger = net.stranger().link(viewer);
        stranger.say(signed(net.key, net.spec.id(), EPOCH, 1_000));
        net.run(3 * net.delayNanos);
        assertThat(viewer.count(Counter.MANIFESTS_UNASKED)).isEqualTo(1);
        assertThat(stranger.heard(ManifestFeed.class)).containsExactly(new ManifestFeed(false));
    }

    @Test
    void aNodeFeedsAsManyAsAShareOfItsCapAllowsAndNoMore() {
        net.stream(source, SECOND);
        List<Stranger> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(net.stranger().link(source));
        }
        takers.forEach(taker -> taker.say(new ManifestFeed(true)));
        net.stream(source, SECOND);
        double rate = WireRate.manifestBitsPerSecond(net.spec);
        long most = (long) (0.03 * net.streams(2.5) / rate);
        assertThat(most).isBetween(2L, 6L);
        assertThat(takers.stream()
                        .filter(one -> !one.heard(SignedManifest.class).isEmpty()))
                .hasSize((int) most - 1);
    }

    @Test
    void aLostManifestIsAskedForAndItsBlocksPlay() {
        TreeSet<Long> seen = new TreeSet<>();
        WireReader reader = new WireReader();
        net.loss = (from, to, datagram) -> {
            int sequence = Wire.DATAGRAM_HEADER_BYTES + Wire.FRAME_HEADER_BYTES + 3 + 8;
            if (!isManifest(datagram)) {
                return false;
            }
            long number = reader.reset(datagram, sequence, 4).u32();
            return seen.add(number);
        };
        net.assertAllPlayToTheEnd(source, 4 * SECOND, List.of(viewer));
        assertThat(viewer.count(Counter.MANIFESTS_ASKED)).isPositive();
    }

    @Test
    void theSourceSignsAlsoWhenItHasNoData() {
        net.stream(source, SECOND);
        net.run(SECOND);
        int before = tap.said(source.index, SignedManifest.class).size();
        net.run(2 * SECOND);
        List<SignedManifest> all = tap.said(source.index, SignedManifest.class);
        List<SignedManifest> quiet = all.subList(before, all.size());
        assertThat(quiet)
                .hasSizeBetween(9, 17)
                .allMatch(told -> read(told).blocks().isEmpty());
    }

    @Test
    void theBlocksThatANewcomerFetchesFromThePastAreProved() {
        net.stream(source, 4 * SECOND);
        long newest = source.stream.blocks.newest();
        Station newcomer = net.viewer(1.5, source);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(viewer, newcomer));
        assertThat(newcomer.firstBlock).isLessThan(newest - 20);
    }

    @Test
    void manifestsOfAnEarlierRunAreForgottenWhenTheFirstOfThePresentOneComes() {
        SignedManifest old = signed(net.key, net.spec.id(), EPOCH - 1_000, 40);
        net.loss = (from, to, datagram) -> isManifest(datagram);
        net.run(SECOND);
        tell(old);
        assertThat(viewer.stream.manifests.epoch()).isEqualTo(EPOCH - 1_000);
        net.loss = (from, to, datagram) -> false;
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(viewer));
        assertThat(viewer.stream.manifests.epoch()).isEqualTo(EPOCH);
        assertThat(viewer.stream.failure()).isEmpty();
    }

    /** Everybody has a link with the source, and peers may all lack the same. */
    @Test
    void whatIsMissingIsAskedOfPeersFirstAndThenOfTheSource() {
        Stranger peer = net.stranger().link(viewer);
        net.stream(source, SECOND);
        assertThat(asked(0)).as("nobody else has begun").isEqualTo(source.stream.nodeId());
        Status begun = new Status(Status.FLAG_STARTED, 1, 0, 0, 4, 4, 0, 0, List.of(), List.of());
        peer.say(new StatusReport(0, begun));
        net.run(2 * net.delayNanos);
        for (int i = 0; i < 20; i++) {
            assertThat(asked(0)).isEqualTo(peer.node());
            assertThat(asked(2)).isEqualTo(source.stream.nodeId());
        }
    }

    /** The first manifests are lost to all, and those after them come all the time. */
    @Test
    void whatAllPeersLackComesFromTheSource() {
        SmallNet swarm = SmallNet.usual(4);
        Station top = swarm.source(4);
        List<Station> viewers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            viewers.add(swarm.viewer(2, top));
        }
        swarm.run(SECOND);
        long began = swarm.now();
        swarm.loss = (from, to, datagram) -> {
            boolean first = swarm.now() < began + 400 * MILLIS;
            boolean toSource = to == top.index && swarm.now() < began + 1_600 * MILLIS;
            int type = WireTap.type(datagram);
            return type == Wire.MANIFEST ? first : toSource && type == Wire.MANIFEST_REQUEST;
        };
        swarm.stream(top, 5 * SECOND);
        swarm.finish(top);
        for (Station viewer : viewers) {
            assertThat(viewer.firstBlock).isZero();
            viewer.assertPlayedAll();
        }
    }

    private long asked(int tries) {
        Link holder = viewer.stream.manifests.feed().holder(viewer.localNow(), null, tries);
        return requireNonNull(holder).node();
    }
}
