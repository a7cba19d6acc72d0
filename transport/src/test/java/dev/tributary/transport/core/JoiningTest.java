// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import org.junit.jupiter.api.Test;

class JoiningTest {
    @Test
    void aWatcherLinksWithTheSourceAndGetsKSubstreams() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        assertThat(viewer.stream.links.openCount()).isEqualTo(1);
        assertThat(viewer.figures().substreamsDown()).isEqualTo(net.spec.k());
        assertThat(source.figures().substreamsUp()).isEqualTo(net.spec.k());
        assertThat(viewer.figures().suppliers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.esis()).hasSize(net.spec.k()))
                .satisfies(peer -> assertThat(peer.role()).isEqualTo(Role.SOURCE));
    }

    @Test
    void everyViewerPlaysWhatWasPublishedByteForByte() {
        SmallNet net = SmallNet.usual(2);
        Station source = net.source(2.5);
        Station one = net.viewer(1.5, source);
        Station two = net.viewer(1.5, source);
        Station three = net.viewer(1.5, source);
        net.stream(source, 5 * SECOND);
        net.finish(source);
        one.assertPlayedAll();
        two.assertPlayedAll();
        three.assertPlayedAll();
        assertThat(one.firstBlock)
                .as(() -> String.join("\n", one.node.flightRecord()))
                .isZero();
    }

    @Test
    void viewersServeEachOtherWhatTheSourceCannot() {
        SmallNet net = SmallNet.usual(3);
        Station source = net.source(2.5);
        Station[] viewers = new Station[4];
        for (int i = 0; i < viewers.length; i++) {
            viewers[i] = net.viewer(2, source);
        }
        net.stream(source, 8 * SECOND);
        net.finish(source);
        long bytesOut = source.count(Counter.WIRE_BYTES_OUT);
        assertThat(bytesOut * 8).isLessThan(net.streams(2.6) * 10);
        for (Station viewer : viewers) {
            viewer.assertPlayedAll();
        }
    }

    @Test
    void lostSymbolsAreRepairedBeforeTheyAreDue() {
        SmallNet net = SmallNet.usual(4);
        net.loss = (from, to, datagram) -> net.random.nextInt(100) < 3;
        Station source = net.source(3);
        Station one = net.viewer(2, source);
        Station two = net.viewer(2, source);
        net.stream(source, 6 * SECOND);
        net.finish(source);
        one.assertPlayedAll();
        two.assertPlayedAll();
        assertThat(one.count(Counter.REPAIRS_RECEIVED)).isPositive();
    }

    @Test
    void aLateViewerBackfillsAndPlaysBeforeTheTargetDelayHasPassed() {
        SmallNet net = SmallNet.usual(5);
        Station source = net.source(4);
        net.stream(source, 4 * SECOND);
        Station late = net.viewer(1.5, source);
        net.stream(source, SECOND);
        assertThat(late.firstBlock).isNotNegative();
        assertThat(late.figures().startupNanos()).isBetween(0L, 1_500 * MILLIS);
        net.stream(source, 3 * SECOND);
        net.finish(source);
        late.assertPlayedAll();
    }

    @Test
    void aWrongStreamIsTurnedAwayAndTheFailureSaysWhatToDo() {
        SmallNet net = SmallNet.usual(6);
        Station source = net.source(2.5);
        StreamSpec right = net.spec;
        StreamSpec wrong = new StreamSpec(
                new Bytes32(1, 2, 3, 4),
                right.key(),
                right.k(),
                right.n(),
                right.symbolBytes(),
                right.bitsPerSecond(),
                right.delayNanos());
        Station viewer = net.viewer(wrong, 1.5, source);
        net.stream(source, 3 * SECOND);
        assertThat(viewer.stream.failure())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("do not carry this stream")
                        .contains("ask for a fresh link"));
        assertThat(source.stream.links.size()).isZero();
    }

    @Test
    void entriesThatDoNotAnswerAreGivenUpWithAWordOnWhatToCheck() {
        SmallNet net = SmallNet.usual(7);
        Station source = net.source(2.5);
        source.kill();
        Station viewer = net.viewer(1.5, source);
        net.run(14 * SECOND);
        assertThat(viewer.stream.failure()).isEmpty();
        net.run(3 * SECOND);
        assertThat(viewer.stream.failure())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("check that the publisher runs"));
    }

    @Test
    void aViewerThatStartsBeforeTheSourceLinksWhenItComes() {
        SmallNet net = SmallNet.usual(8);
        Station source = net.source(2.5);
        net.loss = (from, to, datagram) -> net.now() < 4 * SECOND;
        Station viewer = net.viewer(1.5, source);
        net.run(4 * SECOND);
        net.stream(source, 4 * SECOND);
        net.finish(source);
        viewer.assertPlayedAll();
    }

    @Test
    void aSupplierThatDiesIsReplacedWithoutAGap() {
        SmallNet net = SmallNet.usual(9);
        Station source = net.source(3);
        Station relay = net.relay(3, source);
        Station one = net.viewer(2, source);
        Station two = net.viewer(2, source);
        net.stream(source, 4 * SECOND);
        relay.kill();
        net.stream(source, 4 * SECOND);
        net.finish(source);
        one.assertPlayedAll();
        two.assertPlayedAll();
    }

    @Test
    void equalSeedsGiveEqualFlightRecords() {
        assertThat(record(10)).isEqualTo(record(10));
        assertThat(record(10)).isNotEqualTo(record(11));
    }

    private static String record(long seed) {
        SmallNet net = SmallNet.usual(seed);
        net.loss = (from, to, datagram) -> net.random.nextInt(100) < 2;
        Station source = net.source(2.5);
        Station one = net.viewer(1.5, source);
        Station two = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        return one.node.flightRecord() + "\n" + two.node.flightRecord();
    }
}
