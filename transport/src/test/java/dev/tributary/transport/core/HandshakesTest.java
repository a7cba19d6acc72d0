// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Handshakes whose datagrams are lost, cross, are forged, or come in floods. */
class HandshakesTest {
    private static final int ELSEWHERE = 20_000;
    private static final int COOKIE_AT = 86;
    private static final int SIGNATURE_AT = 9 + 32;

    private int said;

    private static @Nullable Kind kind(byte[] datagram) {
        return Kind.of(datagram[0] & 0xFF);
    }

    private static void greet(Station station, int path) {
        station.stream.greetings.enter(station.localNow(), SmallNet.endpoint(path));
        station.start();
    }

    private static void assertOneLink(Station a, Station b) {
        for (Station station : List.of(a, b)) {
            assertThat(station.stream.links.openCount()).isEqualTo(1);
            assertThat(station.stream.greetings.pending()).isEmpty();
        }
        Link there = a.stream.links.open().getFirst();
        Link back = b.stream.links.open().getFirst();
        assertThat(there.weBegan).isNotEqualTo(back.weBegan);
        assertThat(there.node()).isEqualTo(b.stream.nodeId());
        assertThat(back.node()).isEqualTo(a.stream.nodeId());
    }

    /** What each asks over the link that it holds is answered by the other. */
    private static void assertBothWays(SmallNet net, Station a, Station b) {
        WireTap tap = WireTap.on(net);
        net.run(3 * SECOND);
        for (Station station : List.of(a, b)) {
            assertThat(tap.said(station.index, StatusReport.class))
                    .anyMatch(report -> report.token() != 0);
        }
    }

    /** Lets two nodes greet each other while one datagram of a handshake is lost. */
    private int greetEachOther(long seed, int lost) {
        SmallNet net = SmallNet.usual(seed);
        Station a = net.viewer(1.5);
        Station b = net.viewer(1.5);
        said = 0;
        net.loss = (from, to, datagram) -> kind(datagram) != Kind.DATA && said++ == lost;
        greet(a, b.index);
        greet(b, a.index);
        net.run(5 * SECOND);
        assertOneLink(a, b);
        assertBothWays(net, a, b);
        return said;
    }

    @Test
    void twoThatGreetEachOtherEndWithOneLinkWhicheverDatagramIsLost() {
        for (long seed = 1; seed <= 8; seed++) {
            int most = greetEachOther(seed, -1);
            assertThat(most).isGreaterThanOrEqualTo(8);
            for (int lost = 0; lost < most; lost++) {
                greetEachOther(seed, lost);
            }
        }
    }

    @Test
    void twoThatGreetEachOtherThroughHeavyLossAreLinkedInTheEnd() {
        for (long seed = 1; seed <= 200; seed++) {
            SmallNet net = SmallNet.usual(seed);
            Station a = net.viewer(1.5);
            Station b = net.viewer(1.5);
            net.loss = (from, to, datagram) -> net.random.nextInt(10) < 3;
            for (int second = 0; second < 40; second++) {
                for (Station one : List.of(a, b)) {
                    boolean idle = one.stream.greetings.pending().isEmpty();
                    if (idle && one.stream.links.openCount() == 0) {
                        greet(one, one == a ? b.index : a.index);
                    }
                }
                net.run(SECOND);
            }
            net.loss = (from, to, datagram) -> false;
            net.run(10 * SECOND);
            assertOneLink(a, b);
            assertBothWays(net, a, b);
        }
    }

    @Test
    void hellosWithForgedCookiesLeaveNothingBehindAndSoManyASecondAreAnswered() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        int[] answers = new int[2];
        net.loss = (from, to, datagram) -> {
            if (from == source.index && to >= ELSEWHERE) {
                answers[0]++;
                answers[1] += datagram.length;
            }
            return false;
        };
        byte[] hello = net.stranger().hello();
        int bytes = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] forged = hello.clone();
            byte[] cookie = new byte[17];
            net.random.nextBytes(cookie);
            forged[COOKIE_AT] = 17;
            System.arraycopy(cookie, 0, forged, COOKIE_AT + 1, cookie.length);
            bytes += forged.length;
            source.onDatagram(ELSEWHERE + i, forged);
        }
        assertThat(answers[0]).isEqualTo(1_000);
        assertThat(answers[1]).isLessThanOrEqualTo(3 * bytes);
        assertThat(source.count(Counter.LINKS_REFUSED)).isEqualTo(4_000);
        assertThat(source.stream.links.size()).isZero();
        assertThat(source.stream.greetings.pending()).isEmpty();
        net.run(SECOND);
        net.stranger().link(source);
        assertThat(source.stream.links.openCount()).isEqualTo(1);
    }

    /** A stranger whose finish is altered on its way to the source. */
    private static Station afterFinish(SmallNet net, Stranger stranger, Consumer<byte[]> altered) {
        Station source = net.source(2.5);
        stranger.hello(source);
        net.run(100 * MILLIS);
        assertThat(source.stream.greetings.pending()).hasSize(1);
        net.loss = (from, to, datagram) -> {
            if (kind(datagram) == Kind.FINISH) {
                altered.accept(datagram);
            }
            return false;
        };
        stranger.prove();
        net.run(50 * MILLIS);
        net.loss = (from, to, datagram) -> false;
        assertThat(source.count(Counter.HANDSHAKES_REFUSED)).isEqualTo(1);
        assertThat(source.stream.links.openCount()).isZero();
        return source;
    }

    @Test
    void aFinishThatOpensButLiesEndsTheHandshake() {
        SmallNet net = SmallNet.usual(1);
        Stranger stranger = net.stranger();
        Station source = afterFinish(net, stranger, finish -> finish[SIGNATURE_AT] ^= 1);
        assertThat(source.stream.greetings.pending()).isEmpty();
        stranger.prove();
        net.run(50 * MILLIS);
        assertThat(source.stream.links.openCount()).isZero();
    }

    @Test
    void aFinishThatDoesNotOpenEndsNothing() {
        SmallNet net = SmallNet.usual(1);
        Stranger stranger = net.stranger();
        Station source = afterFinish(net, stranger, finish -> finish[finish.length - 1] ^= 1);
        assertThat(source.stream.greetings.pending()).hasSize(1);
        stranger.prove();
        net.run(50 * MILLIS);
        assertThat(source.stream.links.openCount()).isEqualTo(1);
    }

    @Test
    void aNodeThatIsTurnedAwayByABusyEntryComesInByAnotherThatItNames() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station member = net.viewer(1.5, source);
        net.stream(source, SECOND);
        for (int i = 0; i < 80; i++) {
            net.stranger().hello(source);
        }
        net.run(20 * MILLIS);
        Station late = net.viewer(1.5, source);
        net.run(100 * MILLIS);
        assertThat(late.stream.links.open().getFirst().path).isEqualTo(member.index);
        assertThat(late.stream.greetings.rejects()).isZero();
    }

    @Test
    void othersThatARejectNamesAreReadAsTheyAreOrNotAtAll() {
        byte[] datagram = new byte[300];
        List<Endpoint> others = new ArrayList<>();
        for (int i = 1; i <= Rejection.MOST_OTHERS; i++) {
            others.add(SmallNet.endpoint(i));
        }
        int bytes = Rejection.elsewhere(7, others, datagram, 3);
        assertThat(read(datagram, 13, bytes - 10)).isEqualTo(others);
        assertThat(read(datagram, 13, bytes - 11)).isEmpty();
        datagram[13]++;
        assertThat(read(datagram, 13, bytes)).as("too many").isEmpty();
    }

    private static List<Endpoint> read(byte[] datagram, int at, int length) {
        return Rejection.others(4, new WireReader().reset(datagram, at, length));
    }

    private static byte[] forged(Kind kind, long connection, int length) {
        byte[] datagram = new byte[length];
        Rejection.NO_ROOM.write(connection, datagram, 0);
        datagram[0] = (byte) kind.firstByte();
        return datagram;
    }

    @Test
    void noForgedHandshakeDatagramClosesAnOpenLink() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 3 * SECOND);
        for (Station station : List.of(source, viewer)) {
            long connection = station.stream.links.open().getFirst().localId;
            for (Kind kind : List.of(Kind.RETRY, Kind.WELCOME, Kind.FINISH, Kind.REJECT)) {
                for (int length : new int[] {10, 26, 200}) {
                    station.onDatagram(ELSEWHERE, forged(kind, connection, length));
                    station.onDatagram(ELSEWHERE, forged(kind, connection + 1, length));
                }
            }
            assertThat(station.stream.links.openCount()).isEqualTo(1);
            assertThat(station.node.strayDatagrams()).isEqualTo(12);
        }
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
        assertThat(viewer.count(Counter.LINKS_LOST)).isZero();
    }

    @Test
    void answersUnderAWrongConnectionEndNoGreeting() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station viewer = net.viewer(1.5, source);
        Link greeted = viewer.stream.greetings.pending().getFirst();
        for (Kind kind : List.of(Kind.RETRY, Kind.WELCOME, Kind.REJECT)) {
            viewer.onDatagram(source.index, forged(kind, greeted.localId + 1, 26));
        }
        viewer.onDatagram(ELSEWHERE, forged(Kind.WELCOME, greeted.localId, 200));
        assertThat(viewer.stream.greetings.pending()).containsExactly(greeted);
        net.run(100 * MILLIS);
        assertThat(viewer.stream.links.open()).containsExactly(greeted);
    }

    @Test
    void aLostFinishIsSaidAgain() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        net.loss = (from, to, datagram) -> kind(datagram) == Kind.FINISH && said++ == 0;
        Station viewer = net.viewer(1.5, source);
        net.run(SECOND);
        assertThat(said).isEqualTo(2);
        assertOneLink(source, viewer);
        net.assertAllPlayToTheEnd(source, 3 * SECOND, List.of(viewer));
    }

    /** How often each different datagram of a kind went to an address. */
    private static Map<Bytes32, Integer> count(SmallNet net, Kind kind, int address) {
        Map<Bytes32, Integer> times = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        SmallNet.Loss before = net.loss;
        net.loss = (from, to, datagram) -> {
            if (kind(datagram) == kind && to == address) {
                // The ephemeral key of a hello, the sealed key of a finish or a welcome.
                int at = kind == Kind.HELLO ? 54 : kind == Kind.WELCOME ? 17 : SIGNATURE_AT;
                byte[] mark = Arrays.copyOfRange(datagram, at, at + 32);
                times.merge(Bytes32.of(mark), 1, Integer::sum);
            }
            return before.takes(from, to, datagram);
        };
        return times;
    }

    @Test
    void aFinishWithoutAnAnswerIsSaidFourTimesAndThenTheLinkIsClosed() {
        SmallNet net = SmallNet.usual(1);
        Station deaf = net.viewer(1.5);
        net.loss = (from, to, datagram) -> kind(datagram) == Kind.FINISH;
        Map<Bytes32, Integer> finishes = count(net, Kind.FINISH, deaf.index);
        Station viewer = net.viewer(1.5);
        greet(viewer, deaf.index);
        net.run(100 * MILLIS);
        Link link = viewer.stream.links.open().getFirst();
        net.run(5 * SECOND);
        assertThat(link.phase).isEqualTo(Link.Phase.CLOSED);
        assertThat(finishes.values())
                .as(() -> String.join("\n", viewer.node.flightRecord()))
                .contains(4)
                .allMatch(times -> times <= 4);
        assertThat(viewer.node.flightRecord()).anyMatch(line -> line.contains("our proof"));
    }

    @Test
    void anEntryIsGreetedSixTimesAndAMemberFourTimesBeforeItIsGivenUp() {
        SmallNet net = SmallNet.usual(1);
        Station viewer = net.viewer(1.5);
        Map<Bytes32, Integer> entry = count(net, Kind.HELLO, ELSEWHERE);
        Map<Bytes32, Integer> member = count(net, Kind.HELLO, ELSEWHERE + 1);
        greet(viewer, ELSEWHERE);
        net.stranger().link(viewer).tell(MadeUp.records(net, ELSEWHERE + 1, 1));
        net.run(30 * SECOND);
        assertThat(entry.values()).containsExactly(6);
        assertThat(member.values()).isNotEmpty().allMatch(times -> times == 4);
    }

    @Test
    void aLiarThatComesBackFromElsewhereIsRefused() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Station liar = net.viewer(1.5, source);
        net.stream(source, SECOND);
        Link link = source.stream.links.open().getFirst();
        source.stream.liars.caught(source.localNow(), link, "lied");
        assertThat(source.stream.links.openCount()).isZero();
        long refused = source.count(Counter.LINKS_REFUSED);
        net.loss = (from, to, datagram) -> {
            if (from == liar.index) {
                net.send(ELSEWHERE, to, datagram);
            } else if (to == ELSEWHERE) {
                liar.onDatagram(from, datagram);
            }
            return from == liar.index || to == ELSEWHERE;
        };
        Map<Bytes32, Integer> finishes = count(net, Kind.FINISH, source.index);
        greet(liar, source.index);
        net.run(2 * SECOND);
        assertThat(finishes).as("it came as far as its proof").isNotEmpty();
        assertThat(source.count(Counter.LINKS_REFUSED)).isGreaterThan(refused);
        assertThat(source.stream.links.openCount()).isZero();
    }

    @Test
    void aDatagramThatComesTwiceActsOnceAlsoMuchLater() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Stranger member = net.stranger().link(source);
        byte[] frame = {(byte) 200, 0, 0};
        byte[] first = member.seal(frame);
        source.onDatagram(member.path, first);
        source.onDatagram(member.path, first);
        assertThat(source.count(Counter.FRAMES_UNKNOWN)).isEqualTo(1);
        for (int i = 0; i < 2_000; i++) {
            source.onDatagram(member.path, member.seal(frame));
        }
        source.onDatagram(member.path, first);
        assertThat(source.count(Counter.FRAMES_UNKNOWN)).isEqualTo(2_001);
        assertThat(source.count(Counter.DATAGRAMS_REFUSED)).isEqualTo(2);
    }

    @Test
    void aHelloGetsItsWelcomeFourTimesAtMost() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        Stranger stranger = net.stranger();
        Map<Bytes32, Integer> welcomes = count(net, Kind.WELCOME, stranger.path);
        stranger.hello(source);
        net.run(50 * MILLIS);
        for (int i = 0; i < 10; i++) {
            source.onDatagram(stranger.path, stranger.hello());
        }
        assertThat(welcomes.values()).containsExactly(4);
        assertThat(source.stream.greetings.pending()).hasSize(1);
    }
}
