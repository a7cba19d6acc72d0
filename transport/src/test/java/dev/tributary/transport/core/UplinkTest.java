// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Caller;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // every test begins with start
class UplinkTest {
    /** Datagrams as they left: when, on which path, how many bytes on the line. */
    private record Sent(long at, int path, int bytes) {}

    private final SmallNet net = SmallNet.usual(1);
    private final List<Sent> sent = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private Station source;
    private Uplink uplink;
    private long now;

    private void start(double uploadStreams, int paths) {
        source = net.source(uploadStreams);
        net.publish(source, net.spec.blockBytes());
        uplink = source.node.uplink();
        net.loss = (from, to, datagram) -> {
            sent.add(new Sent(now, to, datagram.length + Wire.IPV4_OVERHEAD_BYTES));
            return true;
        };
        for (int path = 1; path <= paths; path++) {
            Link link = source.node.newLink(source.stream, path, SmallNet.endpoint(path));
            link.session = Caller.session(PlainSuite.INSTANCE, net.random);
            link.phase = Link.Phase.OPEN;
            links.add(link);
            for (int esi = 0; esi < net.spec.n(); esi++) {
                source.stream.receivers.add(source.localNow(), link, esi);
            }
        }
        now = source.localNow();
    }

    private void drain() {
        source.stream.begin(now, source);
        uplink.drain(now);
    }

    /** Lets the uplink send whenever it wants to until a time. */
    private void drainUntil(long end) {
        drain();
        while (uplink.nextAt(now) <= end) {
            now = Math.max(now + 1_000, uplink.nextAt(now));
            drain();
        }
        now = end;
    }

    private void offer(Link link, int esi, long spacingNanos) {
        source.stream.begin(now, source);
        uplink.offer(now, link, 0, esi << 8, spacingNanos);
    }

    @Test
    void theCapIsNotExceededInAnySecondWhateverIsAsked() {
        start(2, 5);
        long start = now;
        for (int i = 0; i < 3_000; i++) {
            Link link = links.get(net.random.nextInt(links.size()));
            for (int burst = net.random.nextInt(6); burst > 0; burst--) {
                ask(link);
            }
            drainUntil(now + net.random.nextLong(5 * MILLIS));
        }
        double bytesPerSecond = net.streams(2) / 8.0;
        long burst = Math.max((long) (bytesPerSecond * 0.02), 6_000);
        assertThat(mostInASecond()).isLessThanOrEqualTo((long) bytesPerSecond + burst);
        long all = sent.stream().mapToLong(Sent::bytes).sum();
        assertThat(all).isGreaterThan((long) (0.95 * bytesPerSecond * (now - start) / SECOND));
    }

    private void ask(Link link) {
        int esi = net.random.nextInt(net.spec.n());
        switch (net.random.nextInt(3)) {
            case 0 -> offer(link, esi, 4 * MILLIS);
            case 1 -> uplink.offerRepair(now, link, 0, esi, true);
            default -> uplink.offerBackfill(link, 0, esi, SymbolHeader.BACKFILL);
        }
    }

    private long mostInASecond() {
        Deque<Sent> window = new ArrayDeque<>();
        long bytes = 0;
        long most = 0;
        for (Sent one : sent) {
            window.addLast(one);
            bytes += one.bytes;
            while (window.getFirst().at <= one.at - SECOND) {
                bytes -= window.removeFirst().bytes;
            }
            most = Math.max(most, bytes);
        }
        return most;
    }

    @Test
    void atMostFourSymbolsGoBackToBackOnAPath() {
        start(200, 2);
        long spacing = 3 * MILLIS;
        for (int esi = 0; esi < 12; esi++) {
            offer(links.get(0), esi, spacing);
            offer(links.get(1), esi, spacing);
        }
        long begin = now;
        drainUntil(now + SECOND);
        assertThat(sent).hasSize(24);
        for (int path = 1; path <= 2; path++) {
            int wanted = path;
            List<Sent> own = sent.stream().filter(s -> s.path == wanted).toList();
            assertThat(own.stream().filter(s -> s.at == begin)).hasSize(4);
            for (int i = 4; i < own.size(); i++) {
                assertThat(own.get(i).at).isGreaterThanOrEqualTo(own.get(i - 1).at + spacing);
            }
        }
    }

    @Test
    void repairsUseASixthOfTheCapAtMostWhereMuchOfItIsUnused() {
        start(8, 1);
        drain();
        long begin = now;
        int granted = 0;
        for (int i = 0; i < 20_000; i++) {
            source.stream.begin(now, source);
            Link link = links.get(0);
            granted += uplink.offerRepair(now, link, 0, i % 8, true) ? 1 : 0;
            drainUntil(now + MILLIS);
        }
        double seconds = (now - begin) / 1e9;
        double budget = net.streams(8) / 8.0 * 0.16 * (seconds + 1);
        long bytes = sent.stream().mapToLong(Sent::bytes).sum();
        assertThat(sent).hasSize(granted);
        assertThat(bytes).isBetween((long) (0.4 * budget), (long) budget);
    }

    @Test
    void refusalsUseAHundredthOfTheCapHoweverManyAsk() {
        start(20, 1);
        long refusals = 0;
        for (int i = 0; i < 4_000; i++) {
            now += MILLIS;
            refusals += uplink.mayRefuse(now) ? 1 : 0;
        }
        double aHundredth = net.streams(20) / 8.0 / 100 * 4;
        assertThat(refusals * 80.0).isBetween(0.95 * aHundredth, aHundredth + 33 * 80);
    }

    @Test
    void whereTheCapIsUsedUpRepairsKeepToTheirBudget() {
        start(2, 2);
        int granted = 0;
        long begin = now;
        for (int i = 0; i < 20_000; i++) {
            offer(links.get(1), i % 8, 0);
            granted += uplink.offerRepair(now, links.get(0), 0, i % 8, true) ? 1 : 0;
            drainUntil(now + MILLIS);
        }
        double seconds = (now - begin) / 1e9;
        double budget = net.streams(2) / 8.0 * 0.065 * (seconds + 1);
        assertThat(granted * 1_200.0).isBetween(0.5 * budget, budget);
    }

    @Test
    void repairsGoFirstAndBackfillLast() {
        start(0.5, 3);
        for (int esi = 0; esi < 4; esi++) {
            uplink.offerBackfill(links.get(2), 0, esi, SymbolHeader.BACKFILL);
            offer(links.get(1), esi, MILLIS);
            uplink.offerRepair(now, links.get(0), 0, esi, true);
        }
        drainUntil(now + SECOND);
        assertThat(sent.stream().map(Sent::path))
                .containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void aLiveSymbolThatWaitedTooLongIsDroppedAndCounted() {
        start(2, 1);
        offer(links.get(0), 0, MILLIS);
        now += SECOND;
        drain();
        assertThat(sent).isEmpty();
        assertThat(source.count(Counter.UPLINK_DROPPED)).isEqualTo(1);
        assertThat(uplink.nextAt(now)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aClosedLinkGetsNothingMore() {
        start(2, 1);
        offer(links.get(0), 0, MILLIS);
        links.get(0).phase = Link.Phase.CLOSED;
        drain();
        assertThat(sent).isEmpty();
    }

    @Test
    void whatMayWaitIsBounded() {
        start(0.5, 1);
        int live = 0;
        int backfill = 0;
        for (int i = 0; i < 20_000; i++) {
            live += uplink.offer(now, links.get(0), 0, 0, MILLIS) ? 1 : 0;
            backfill += uplink.offerBackfill(links.get(0), 0, 0, 0) ? 1 : 0;
        }
        assertThat(live).isEqualTo(8_192);
        assertThat(backfill).isEqualTo(8_192);
    }

    @Test
    void whatIsSpreadOverItsPathIsNotHeldUpByTheCap() {
        start(200, 1);
        for (int esi = 0; esi < 12; esi++) {
            offer(links.get(0), esi, 3 * MILLIS);
        }
        drain();
        assertThat(sent).hasSize(4);
        assertThat(uplink.nextAt(now)).isEqualTo(now + 3 * MILLIS);
        assertThat(uplink.backlogged()).isFalse();
        drainUntil(now + SECOND);
        assertThat(sent).hasSize(12);
        assertThat(uplink.backlogged()).isFalse();
    }

    @Test
    void liveSymbolsThatAreDueAreABacklogUntilTheyAreSent() {
        start(0.5, 2);
        for (int esi = 0; esi < 4; esi++) {
            offer(links.get(0), esi, MILLIS);
            offer(links.get(1), esi, MILLIS);
        }
        assertIsABacklogUntilAllAreSent(8);
    }

    @Test
    void repairsAreABacklogUntilTheyAreSent() {
        start(0.5, 1);
        for (int esi = 0; esi < 8; esi++) {
            uplink.offerRepair(now, links.get(0), 0, esi, true);
        }
        assertIsABacklogUntilAllAreSent(8);
    }

    @Test
    void backfillIsABacklogUntilItIsSent() {
        start(0.5, 1);
        for (int esi = 0; esi < 8; esi++) {
            uplink.offerBackfill(links.get(0), 0, esi, SymbolHeader.BACKFILL);
        }
        assertIsABacklogUntilAllAreSent(8);
    }

    private void assertIsABacklogUntilAllAreSent(int symbols) {
        drain();
        assertThat(sent.size()).isBetween(1, symbols - 1);
        while (sent.size() < symbols) {
            assertThat(uplink.backlogged()).isTrue();
            assertThat(source.node.backlogged()).isTrue();
            drainUntil(uplink.nextAt(now));
        }
        assertThat(uplink.backlogged()).isFalse();
        assertThat(source.node.backlogged()).isFalse();
    }

    @Test
    void withoutUploadNothingIsTakenOnAndNothingIsEverDue() {
        start(0, 1);
        assertThat(uplink.uploads()).isFalse();
        assertThat(uplink.offer(now, links.get(0), 0, 0, MILLIS)).isFalse();
        assertThat(uplink.offerBackfill(links.get(0), 0, 0, 0)).isFalse();
        assertThat(uplink.offerRepair(now, links.get(0), 0, 0, true)).isFalse();
        drainUntil(now + SECOND);
        assertThat(uplink.nextAt(now)).isEqualTo(Long.MAX_VALUE);
        assertThat(sent).isEmpty();
    }

    @Test
    void halfOfTheRepairBudgetIsForWhatWasLostOnItsWayFromHere() {
        start(4, 1);
        int others = 0;
        while (uplink.offerRepair(now, links.get(0), 0, others % 8, false)) {
            others++;
        }
        int owed = 0;
        while (uplink.offerRepair(now, links.get(0), 0, owed % 8, true)) {
            owed++;
        }
        assertThat(others).isPositive();
        assertThat(owed).isBetween(others - 2, others + 2);
    }

    @Test
    void whileLiveSymbolsWaitForTheCapNothingIsGivenThatCanBeLeftOut() {
        start(2, 4);
        for (int i = 0; i < 400; i++) {
            offer(links.get(i % 4), i % net.spec.n(), 0);
        }
        drain();
        assertThat(uplink.behind(now)).isFalse();
        assertThat(uplink.mayRefuse(now)).isTrue();
        now += 31 * MILLIS;
        assertThat(uplink.behind(now)).isTrue();
        assertThat(uplink.mayRefuse(now)).isFalse();
        assertThat(uplink.offerRepair(now, links.get(0), 0, 1, false)).isFalse();
        assertThat(uplink.offerRepair(now, links.get(0), 0, 1, true)).isTrue();
    }
}
