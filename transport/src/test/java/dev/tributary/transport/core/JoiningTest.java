// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private final SmallNet net = SmallNet.usual(1);

    @Test
    void aWatcherLinksWithTheSourceAndGetsKSubstreams() {
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
        Station source = net.source(2.5);
        List<Station> viewers = net.viewers(3, 1.5, source);
        net.assertAllPlayToTheEnd(source, 5 * SECOND, viewers);
        assertThat(viewers).allMatch(viewer -> viewer.firstBlock == 0);
    }

    @Test
    void viewersServeEachOtherWhatTheSourceCannot() {
        Station source = net.source(2.5);
        net.assertAllPlayToTheEnd(source, 8 * SECOND, net.viewers(4, 2, source));
        long bytesOut = source.count(Counter.WIRE_BYTES_OUT);
        assertThat(bytesOut * 8).isLessThan(net.streams(2.6) * 10);
    }

    @Test
    void lostSymbolsAreRepairedBeforeTheyAreDue() {
        net.loss = (from, to, datagram) -> net.random.nextInt(100) < 3;
        Station source = net.source(3);
        List<Station> viewers = net.viewers(2, 2, source);
        net.assertAllPlayToTheEnd(source, 6 * SECOND, viewers);
        assertThat(viewers).allMatch(one -> one.count(Counter.REPAIRS_RECEIVED) > 0);
    }

    @Test
    void whoLiesAboutTheTimeOfTheSourceKeepsNobodyFromPlaying() {
        for (long millis : new long[] {0, 3_600_000, 0xFFFF_FFFFL}) {
            SmallNet other = SmallNet.usual(1);
            Station source = other.source(2.5);
            Station viewer = other.viewer(1.5, source);
            Status lie =
                    new Status(Status.FLAG_STARTED, 5, 0, millis, 0, 0, 0, 0, List.of(), List.of());
            Stranger liar = other.stranger().link(viewer);
            liar.say(new StatusReport(0, lie));
            other.run(50 * MILLIS);
            for (int i = 0; i < 40; i++) {
                liar.say(new StatusReport(0, lie));
                other.stream(source, 100 * MILLIS);
            }
            other.finish(source);
            assertThat(viewer.gaps).as("said %s ms", millis).isEmpty();
            assertThat(viewer.count(Counter.BLOCKS_PLAYED)).isGreaterThan(60);
        }
    }

    /** Two of its symbols are lost on the way, and nobody has yet reported that the stream runs. */
    @Test
    void aViewerThatPlaysDoesNotWaitForBackfillUntilTheBlockIsDue() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(0, source);
        net.stream(source, 4 * SECOND);
        StreamNode stream = viewer.stream;
        Subscription moved = stream.suppliers.all().getFirst();
        moved.link.rtt.sample(3 * SECOND);
        moved.grantedAt = viewer.localNow();
        moved.firstLive = stream.blocks.newest() + 10;
        long now = viewer.localNow();
        long fresh = stream.blocks.newest();
        long old = fresh - 3 * net.spec.delayNanos() / 4 / net.spec.blockNanos();
        assertThat(moved.expects(now, fresh, stream, 0)).isTrue();
        assertThat(moved.expects(now, old, stream, 0)).isFalse();
    }

    @Test
    void theFirstBlockIsRepairedAsSoonAsTheNextIsHere() {
        Station source = net.source(4);
        List<Station> viewers = net.viewers(2, 2, source);
        net.run(3 * SECOND);
        Subscription lost = viewers.get(0).stream.suppliers.all().getFirst();
        net.loss = (from, to, datagram) ->
                to == viewers.get(0).index && WireTap.carries(net, datagram, 0, lost.esi);
        net.stream(source, 100 * MILLIS);
        net.loss = (from, to, datagram) -> false;
        net.stream(source, 200 * MILLIS);
        Block first = requireNonNull(viewers.get(0).stream.blocks.find(0));
        assertThat(first.has(lost.esi) || first.isComplete()).isTrue();
        assertThat(viewers.get(0).count(Counter.REPAIRS_RECEIVED)).isPositive();
        net.assertAllPlayToTheEnd(source, SECOND, viewers);
    }

    @Test
    void aViewerThatIsCutOffForAMinuteGivesUpInWordsAndARelayDoesNot() {
        Station source = net.source(4);
        Station viewer = net.viewer(1, source);
        Station relay = net.relay(1, source);
        net.stream(source, 3 * SECOND);
        net.loss = (from, to, datagram) -> true;
        net.run(60 * SECOND);
        assertThat(viewer.stream.failure()).isEmpty();
        net.run(10 * SECOND);
        assertThat(viewer.stream.failure())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("no node of the stream answered for 60 s")
                        .contains("watch again"));
        assertThat(relay.stream.failure()).isEmpty();
    }

    /** What was asked for of the past would last for a second; then the picture would stop. */
    @Test
    void whoLacksASubstreamDoesNotBeginYet() {
        Station source = net.source(1.14);
        net.stream(source, 4 * SECOND);
        Station late = net.viewer(2, source);
        net.stream(source, 2_500 * MILLIS);
        assertThat(late.stream.suppliers.flowing()).isEqualTo(net.spec.k() - 1);
        assertThat(late.count(Counter.BLOCKS_COMPLETE)).isGreaterThan(5);
        assertThat(late.firstBlock).isNegative();
    }

    /** Else it would sit in every slot by the time those come who could pass something on. */
    @Test
    void whoGivesNothingGetsLittleFromTheSourceAtFirstAndAllOfItSoon() {
        Station source = net.source(2.5);
        Station rider = net.viewer(0, source);
        net.run(400 * MILLIS);
        assertThat(source.figures().substreamsUp()).isEqualTo(1);
        net.stream(source, 2 * SECOND);
        assertThat(rider.figures().substreamsDown()).isEqualTo(net.spec.k());
        net.assertAllPlayToTheEnd(source, SECOND, List.of(rider));
    }

    @Test
    void aLateViewerBackfillsAndPlaysBeforeTheTargetDelayHasPassed() {
        Station source = net.source(4);
        net.stream(source, 4 * SECOND);
        Station late = net.viewer(1.5, source);
        net.stream(source, SECOND);
        assertThat(late.firstBlock).isNotNegative();
        assertThat(late.figures().startupNanos()).isBetween(0L, 1_500 * MILLIS);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(late));
    }

    @Test
    void aViewerMayPlayFurtherBehindThanTheSourceAskedFor() {
        Station source = net.source(3);
        Station usual = net.viewer(1.5, source);
        Station behind = net.viewer(net.spec(net.spec.id(), 3 * SECOND), 1.5, source);
        net.stream(source, 2_900 * MILLIS);
        assertThat(usual.firstBlock).isZero();
        assertThat(behind.firstBlock).isNegative();
        net.stream(source, 500 * MILLIS);
        assertThat(behind.firstBlock).isZero();
        assertThat(behind.played.size()).isPositive().isLessThan(usual.played.size());
        net.assertAllPlayToTheEnd(source, SECOND, List.of(usual));
        net.run(SECOND);
        behind.assertPlayedAll();
    }

    @Test
    void aWrongStreamIsTurnedAwayAndTheFailureSaysWhatToDo() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(net.spec(new Bytes32(1, 2, 3, 4), 2 * SECOND), 1.5, source);
        net.stream(source, 3 * SECOND);
        assertThat(viewer.stream.failure())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("do not carry this stream")
                        .contains("ask for a fresh link"));
        assertThat(source.stream.links.size()).isZero();
    }

    @Test
    void entriesThatDoNotAnswerAreGivenUpWithAWordOnWhatToCheck() {
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
        Station source = net.source(2.5);
        net.loss = (from, to, datagram) -> net.now() < 4 * SECOND;
        Station viewer = net.viewer(1.5, source);
        net.run(4 * SECOND);
        net.assertAllPlayToTheEnd(source, 4 * SECOND, List.of(viewer));
    }

    @Test
    void aSupplierThatDiesIsReplacedWithoutAGap() {
        Station source = net.source(3);
        Station relay = net.relay(3, source);
        List<Station> viewers = net.viewers(2, 2, source);
        net.stream(source, 4 * SECOND);
        assertThat(relay.figures().substreamsUp()).isPositive();
        relay.kill();
        net.assertAllPlayToTheEnd(source, 4 * SECOND, viewers);
        assertThat(viewers)
                .allSatisfy(viewer -> assertThat(viewer.figures().takeovers())
                        .anySatisfy(takeover -> {
                            assertThat(takeover.from()).isEqualTo(relay.node.id());
                            assertThat(takeover.reason()).isEqualTo("stopped");
                            assertThat(takeover.atNanos()).isGreaterThan(4 * SECOND);
                            assertThat(takeover.durationNanos()).isBetween(0L, SECOND);
                        }));
    }

    @Test
    void equalSeedsGiveEqualFlightRecords() {
        assertThat(record(10)).isEqualTo(record(10));
        assertThat(record(10)).isNotEqualTo(record(11));
    }

    private static List<List<String>> record(long seed) {
        SmallNet net = SmallNet.usual(seed);
        net.loss = (from, to, datagram) -> net.random.nextInt(100) < 2;
        Station source = net.source(2.5);
        List<Station> viewers = net.viewers(2, 1.5, source);
        net.stream(source, 2 * SECOND);
        return viewers.stream().map(viewer -> viewer.node.flightRecord()).toList();
    }

    @Test
    void aViewerThatWasCutOffForLongFindsBackIntoTheStream() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 3 * SECOND);
        net.loss = (from, to, datagram) -> true;
        net.stream(source, 20 * SECOND);
        net.loss = (from, to, datagram) -> false;
        net.stream(source, 8 * SECOND);
        long played = viewer.count(Counter.BLOCKS_PLAYED);
        net.stream(source, 4 * SECOND);
        assertThat(viewer.count(Counter.BLOCKS_PLAYED)).isGreaterThan(played + 50);
        assertThat(viewer.stream.blocks.newestComplete())
                .isGreaterThan(source.stream.blocks.newestComplete() - 10);
    }

    @Test
    void aViewerThatWasThereBeforeTheFirstBlockPlaysItThoughItsMachineStallsJustThen() {
        for (long stall : new long[] {50, 220, 900}) {
            SmallNet other = SmallNet.usual(1);
            Station source = other.source(2.5);
            Station viewer = other.viewer(1.5, source);
            other.run(SECOND);
            other.stream(source, 1_900 * MILLIS);
            viewer.stall(stall * MILLIS);
            other.assertAllPlayToTheEnd(source, 2 * SECOND, List.of(viewer));
            assertThat(viewer.firstBlock).as("stalled for %s ms", stall).isZero();
        }
    }

    @Test
    void aViewerThatLacksASubstreamJustThenPlaysTheFirstBlockWhenItFlowsAgain() {
        Station source = net.source(2.5);
        Station viewer = net.viewer(1.5, source);
        net.run(SECOND);
        net.stream(source, 1_800 * MILLIS);
        net.loss = (from, to, datagram) -> WireTap.type(datagram) == Wire.SYMBOL;
        viewer.stream.suppliers.all().getFirst().flows = false;
        net.stream(source, 400 * MILLIS);
        assertThat(viewer.stream.suppliers.flowing()).isLessThan(net.spec.k());
        assertThat(viewer.firstBlock).isNegative();
        net.loss = (from, to, datagram) -> false;
        net.assertAllPlayToTheEnd(source, 2 * SECOND, List.of(viewer));
        assertThat(viewer.firstBlock).isZero();
    }
}
