// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What nodes make of datagrams from those who mean no good, or whose bytes were damaged. */
class StrangersTest {
    private static final int ELSEWHERE = 20_000;
    private static final Kind[] KINDS = {
        Kind.DATA, Kind.RETRY, Kind.WELCOME, Kind.FINISH, Kind.REJECT
    };

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station viewer = net.viewer(1.5, source);
    private final List<byte[]> genuine = new ArrayList<>();

    /** Streams for two seconds and keeps what the source and the viewer sent each other. */
    private void listen() {
        net.loss = (from, to, datagram) -> {
            genuine.add(datagram);
            return false;
        };
        net.stream(source, 2 * SECOND);
        net.loss = (from, to, datagram) -> false;
        net.run(3 * net.delayNanos);
    }

    private List<long[]> states() {
        return List.of(state(source), state(viewer));
    }

    /** All that is counted, and how much is held. */
    private static long[] state(Station station) {
        long[] counters = station.figures().counters();
        long[] all = Arrays.copyOf(counters, counters.length + 3);
        all[counters.length] = station.stream.links.size();
        all[counters.length + 1] = station.stream.membership.size();
        all[counters.length + 2] = station.stream.suppliers.all().size();
        return all;
    }

    private void assertUnchanged(List<long[]> before) {
        for (int i = 0; i < before.size(); i++) {
            assertThat(states().get(i)).isEqualTo(before.get(i));
        }
    }

    private void assertUnchangedBut(List<long[]> before, Counter counter) {
        for (int i = 0; i < before.size(); i++) {
            long[] after = states().get(i);
            after[counter.ordinal()] = before.get(i)[counter.ordinal()];
            assertThat(after).isEqualTo(before.get(i));
        }
    }

    private void assertGoesOn() {
        net.stream(source, SECOND);
        net.finish(source);
        viewer.assertPlayedAll();
    }

    @Test
    void randomDatagramsChangeNothingButACounter() {
        net.stream(source, 2 * SECOND);
        List<long[]> before = states();
        byte[] bytes = new byte[Wire.MAX_RECEIVED_BYTES];
        for (int i = 0; i < 200_000; i++) {
            int length = net.random.nextInt(i % 16 == 0 ? bytes.length : 80);
            net.random.nextBytes(bytes);
            if (i % 2 == 0) {
                // Of a right kind, and sometimes where a hello is expected.
                Arrays.fill(bytes, 1, 9, i % 4 == 0 ? 0 : bytes[1]);
                bytes[0] = (byte) KINDS[i / 2 % KINDS.length].firstByte();
            }
            Station at = i % 3 == 0 ? source : viewer;
            at.onDatagram(ELSEWHERE + i % 7, bytes, 0, length);
        }
        assertUnchanged(before);
        assertThat(source.node.strayDatagrams() + viewer.node.strayDatagrams()).isEqualTo(200_000);
        assertGoesOn();
    }

    @Test
    void aDatagramFullOfProbesGetsOneAnswer() {
        Stranger stranger = net.stranger().link(viewer);
        net.run(SECOND);
        stranger.heard.clear();
        Message[] probes = new Message[200];
        Arrays.setAll(probes, Probe::new);
        stranger.say(probes);
        net.run(100 * MILLIS);
        assertThat(stranger.heard).filteredOn(StatusReport.class::isInstance).hasSize(1);
        assertThat(viewer.count(Counter.PROBES_IGNORED)).isEqualTo(199);
        assertGoesOn();
    }

    @Test
    void genuineDatagramsThatComeAgainChangeNothingButACounterWhereverTheyComeFrom() {
        listen();
        List<long[]> before = states();
        long refused = source.count(Counter.DATAGRAMS_REFUSED);
        int replayed = 0;
        for (byte[] datagram : genuine) {
            if (Kind.of(datagram[0] & 0xFF) == Kind.DATA) {
                source.onDatagram(ELSEWHERE, datagram);
                source.onDatagram(viewer.index, datagram);
                viewer.onDatagram(ELSEWHERE, datagram);
                viewer.onDatagram(source.index, datagram);
                replayed++;
            }
        }
        assertThat(replayed).isGreaterThan(100);
        assertThat(source.count(Counter.DATAGRAMS_REFUSED)
                        + viewer.count(Counter.DATAGRAMS_REFUSED)
                        - refused)
                .isEqualTo(2L * replayed);
        assertThat(source.node.strayDatagrams() + viewer.node.strayDatagrams())
                .isEqualTo(2L * replayed);
        assertUnchangedBut(before, Counter.DATAGRAMS_REFUSED);
        assertGoesOn();
    }

    @Test
    void datagramsCutAnywhereDoNoHarmEvenFromTheRightPath() {
        listen();
        for (byte[] datagram : genuine.subList(0, Math.min(genuine.size(), 150))) {
            for (int length = 0; length < datagram.length; length++) {
                source.onDatagram(viewer.index, datagram, 0, length);
                viewer.onDatagram(source.index, datagram, 0, length);
            }
        }
        assertThat(viewer.count(Counter.DATAGRAMS_REFUSED)).isPositive();
        assertThat(viewer.stream.links.openCount()).isEqualTo(1);
        assertGoesOn();
    }

    @Test
    void framesCutAnywhereAreCountedAndDoNoHarm() {
        net.stream(source, SECOND);
        Stranger member = net.stranger().link(viewer);
        byte[] frames = new byte[64];
        WireWriter writer = new WireWriter().reset(frames, 0);
        MessageEncoder.encode(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(0, 1)), writer);
        int whole = writer.length();
        for (int length = 1; length < whole; length++) {
            viewer.onDatagram(member.path, member.seal(Arrays.copyOf(frames, length)));
        }
        assertThat(viewer.count(Counter.FRAMES_MALFORMED)).isEqualTo(whole - 1);
        assertThat(viewer.stream.receivers.all()).isEmpty();
        assertGoesOn();
    }

    @Test
    void aHelloCutShortIsNoHelloAndIsNotAnswered() {
        net.stream(source, SECOND);
        byte[] hello = net.stranger().hello();
        List<long[]> before = states();
        net.loss = (from, to, datagram) -> genuine.add(datagram);
        for (int length = 0; length < hello.length; length++) {
            source.onDatagram(ELSEWHERE, hello, 0, length);
        }
        assertUnchanged(before);
        assertThat(genuine).isEmpty();
        assertThat(source.node.strayDatagrams()).isEqualTo(hello.length);
    }

    @Test
    void aMemberThatGreetsAgainIsNotToldUpstreamsForWhichAWelcomeHasNoRoom() {
        net.stream(source, 2 * SECOND);
        Stranger member = net.stranger().link(viewer);
        member.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(0, 1, 2, 3)));
        net.stream(source, 500 * MILLIS);
        member.say(new Probe(7));
        net.run(50 * MILLIS);
        assertThat(member.heard(StatusReport.class).getLast().status().upstreams())
                .isNotEmpty();
        member.becomeAnother();
        member.hello(viewer);
        net.run(50 * MILLIS);
        assertThat(member.heard(Welcome.class)).hasSize(2);
        assertThat(member.heard(Welcome.class).getLast().status().upstreams()).isEmpty();
    }

    @Test
    void anUnknownFrameIsSkippedAndCountedAndTheNextOneIsRead() {
        net.stream(source, SECOND);
        Stranger member = net.stranger().link(source);
        byte[] probe = new byte[1_000];
        WireWriter writer = new WireWriter().reset(probe, 0);
        MessageEncoder.encode(new Probe(99), writer);
        long before = source.count(Counter.FRAMES_UNKNOWN);
        byte[] body = Arrays.copyOf(new byte[] {1, 2, 3, 4, 5}, 5 + writer.length());
        System.arraycopy(probe, 0, body, 5, writer.length());
        member.sayTogether(200, 5, body);
        net.run(50 * MILLIS);
        assertThat(source.count(Counter.FRAMES_UNKNOWN)).isEqualTo(before + 1);
        assertThat(member.heard(StatusReport.class)).anyMatch(answer -> answer.token() == 99);
    }

    @Test
    void aForgedEndIsCountedAndEndsNothing() {
        net.stream(source, SECOND);
        Stranger member = net.stranger().link(viewer);
        byte[] signature = new byte[End.SIGNATURE_BYTES];
        for (int i = 0; i < 50; i++) {
            net.random.nextBytes(signature);
            member.say(new End(0, i, signature.clone()));
        }
        member.say(new End(0, 3, SourceVoice.end(net.key, net.spec, 0, 4).signature()));
        net.stream(source, SECOND);
        assertThat(viewer.count(Counter.ENDS_FORGED)).isEqualTo(51);
        assertThat(viewer.endBlocks).isEqualTo(-1);
        assertThat(viewer.stream.over()).isFalse();
        assertGoesOn();
    }

    @Test
    void theSignedEndEndsViewersAfterTheLastBlock() {
        net.stream(source, 3 * SECOND);
        net.publish(source, 700);
        source.end();
        assertThat(source.stream.over()).isTrue();
        long blocks = source.stream.blocks.newest() + 1;
        net.run(SECOND);
        assertThat(viewer.endBlocks)
                .as("not before what precedes it was played")
                .isEqualTo(-1);
        net.run(3 * SECOND);
        assertThat(viewer.endBlocks).isEqualTo(blocks);
        assertThat(viewer.stream.over()).isTrue();
        viewer.assertPlayedAll();
    }

    @Test
    void theEndReachesAViewerAlsoWhenItsFirstWordIsLost() {
        net.stream(source, 3 * SECOND);
        net.loss = (from, to, datagram) -> net.random.nextInt(3) == 0;
        source.end();
        net.run(400 * MILLIS);
        net.loss = (from, to, datagram) -> false;
        net.run(6 * SECOND);
        viewer.assertPlayedAll();
    }

    @Test
    void whoNeverProvesItsAddressIsForgotten() {
        net.stream(source, SECOND);
        Stranger stranger = net.stranger();
        stranger.hello(source);
        net.run(100 * MILLIS);
        assertThat(stranger.heard(Welcome.class)).hasSize(1);
        assertThat(source.stream.greetings.pending()).hasSize(1);
        assertThat(source.stream.links.openCount()).isEqualTo(1);
        net.run(4 * SECOND);
        assertThat(source.stream.greetings.pending()).isEmpty();
    }

    @Test
    void floodOfHellosLeavesNoTraceAndViewersPlayOn() {
        net.stream(source, 2 * SECOND);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 30; i++) {
                source.onDatagram(ELSEWHERE + i, net.stranger().hello());
            }
            net.stream(source, 10 * MILLIS);
            assertThat(source.stream.greetings.pending()).isEmpty();
        }
        assertThat(source.count(Counter.LINKS_REFUSED)).isPositive();
        net.stream(source, 4 * SECOND);
        net.finish(source);
        viewer.assertPlayedAll();
    }

    @Test
    void floodFromRealAddressesMeetsBoundedStateAndViewersPlayOn() {
        net.stream(source, 2 * SECOND);
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 30; i++) {
                net.stranger().hello(source);
            }
            net.stream(source, 10 * MILLIS);
            assertThat(source.stream.greetings.pending()).hasSizeLessThanOrEqualTo(256);
        }
        assertThat(source.count(Counter.LINKS_REFUSED)).isPositive();
        net.stream(source, 4 * SECOND);
        assertThat(source.stream.links.size()).isEqualTo(1);
        net.finish(source);
        viewer.assertPlayedAll();
    }

    @Test
    void aStrangerIsTurnedAwayInWordsWhereAllLinksAreTaken() {
        net.stream(source, SECOND);
        for (int i = source.stream.links.size(); i < Links.MOST; i++) {
            int path = ELSEWHERE + i;
            Link link = source.node.newLink(source.stream, path, SmallNet.endpoint(path));
            link.phase = Link.Phase.OPEN;
            link.heardAt = source.localNow();
            source.stream.links.open().add(link);
        }
        Stranger late = net.stranger();
        late.hello(source);
        net.run(50 * MILLIS);
        assertThat(late.rejects).containsExactly(3);
        assertThat(source.stream.links.size()).isEqualTo(Links.MOST);
        assertThat(source.count(Counter.LINKS_REFUSED)).isEqualTo(1);
    }

    @Test
    void aNodeThatGreetsItselfIsIgnored() {
        net.stream(source, SECOND);
        viewer.stream.greetings.enter(viewer.localNow(), SmallNet.endpoint(viewer.index));
        net.run(SECOND);
        assertThat(viewer.node.flightRecord())
                .anyMatch(line -> line.contains("linked with"))
                .noneMatch(line -> line.contains("linked with")
                        && line.contains(SmallNet.endpoint(viewer.index).toString()));
        assertThat(viewer.stream.links.openCount()).isEqualTo(1);
        assertGoesOn();
    }

    @Test
    void aVersionFromTheFutureIsTurnedAway() {
        Stranger stranger = net.stranger();
        byte[] hello = stranger.hello();
        hello[9] = Wire.VERSION + 1;
        source.onDatagram(stranger.path, hello);
        net.run(50 * MILLIS);
        assertThat(stranger.rejects).containsExactly(2);
    }
}
