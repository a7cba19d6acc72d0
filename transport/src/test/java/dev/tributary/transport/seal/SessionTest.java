// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.tributary.transport.seal.Suites#both")
final class SessionTest {
    private final Suite suite;
    private final byte[] into = new byte[1_500];

    SessionTest(Suite suite) {
        this.suite = suite;
    }

    @Test
    void whatOneSideOfAHandshakeSealsTheOtherOpens() {
        Session[] sides = new Pair(suite, 1).sessions();
        assertThat(opened(sides[1], sealed(sides[0], 0, "there"))).isEqualTo("there");
        assertThat(opened(sides[0], sealed(sides[1], 0, "back"))).isEqualTo("back");
        assertThat(opened(sides[0], sealed(sides[1], 0, ""))).isEmpty();
    }

    @Test
    void aDatagramOpensOnlyAtTheOtherSide() {
        Session[] sides = new Pair(suite, 1).sessions();
        Session[] others = new Pair(suite, 2).sessions();
        byte[] datagram = sealed(sides[0], 0, "there");
        assertThat(refused(sides[0], datagram)).isTrue();
        assertThat(refused(others[1], datagram)).isTrue();
        assertThat(opened(sides[1], datagram)).isEqualTo("there");
    }

    @Test
    void anyBitFlippedInAHeaderOrTagIsRefusedAndTheTrueDatagramStillOpens() {
        Session[] sides = new Pair(suite, 1).sessions();
        byte[] datagram = sealed(sides[0], 0, "there");
        int tag = datagram.length - Session.TAG_BYTES;
        for (int bit = 0; bit < 8 * datagram.length; bit++) {
            if (bit / 8 >= Session.HEADER_BYTES && bit / 8 < tag) {
                continue;
            }
            byte[] forged = datagram.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(refused(sides[1], forged)).as("bit %d", bit).isTrue();
        }
        for (int length = 0; length < datagram.length; length++) {
            assertThat(refused(sides[1], Arrays.copyOf(datagram, length))).isTrue();
        }
        assertThat(into).containsOnly(0);
        assertThat(opened(sides[1], datagram)).isEqualTo("there");
    }

    @Test
    void aDatagramOpensOnce() {
        Session[] sides = new Pair(suite, 1).sessions();
        List<byte[]> sent = sealed(sides[0], 100);
        for (byte[] datagram : sent) {
            opened(sides[1], datagram);
        }
        assertThat(sent).allMatch(datagram -> refused(sides[1], datagram));
    }

    @Test
    void datagramsMayComeInAnyOrderWithinTheWindow() {
        Session[] sides = new Pair(suite, 1).sessions();
        List<byte[]> sent = sealed(sides[0], ReplayWindow.NUMBERS);
        Collections.shuffle(sent, new Random(5));
        assertThat(sent).noneMatch(datagram -> refused(sides[1], datagram));
        assertThat(sent).allMatch(datagram -> refused(sides[1], datagram));
    }

    @Test
    void aDatagramOlderThanTheWindowIsRefused() {
        Session[] sides = new Pair(suite, 1).sessions();
        List<byte[]> sent = sealed(sides[0], ReplayWindow.NUMBERS + 1);
        assertThat(refused(sides[1], sent.getLast())).isFalse();
        assertThat(refused(sides[1], sent.get(0))).isTrue();
        assertThat(refused(sides[1], sent.get(1))).isFalse();
    }

    @Test
    void onlyTheHighestNumberSoFarIsNewest() {
        Session[] sides = new Pair(suite, 1).sessions();
        List<byte[]> sent = sealed(sides[0], 3);
        opened(sides[1], sent.get(1));
        assertThat(sides[1].newest()).isTrue();
        opened(sides[1], sent.get(0));
        assertThat(sides[1].newest()).isFalse();
        opened(sides[1], sent.get(2));
        assertThat(sides[1].newest()).isTrue();
    }

    @Test
    void aNewKeyComesAfterItsDatagramsAndOldOnesStillOpen() {
        Session sender = sender(4);
        Session receiver = receiver();
        List<byte[]> sent = sealed(sender, 40);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(phase(sent.get(i))).as("datagram %d", i).isEqualTo(i / 4 % 2);
        }
        for (int i = 0; i < 40; i += 4) {
            assertThat(refused(receiver, sent.get(i + 3))).isFalse();
            for (int late = Math.max(0, i - 1); late < i + 3; late++) {
                boolean came = late < i && late % 4 == 3;
                assertThat(refused(receiver, sent.get(late))).isEqualTo(came);
            }
        }
    }

    @Test
    void lateDatagramsOfThePhaseBeforeStillOpen() {
        Session sender = sender(4);
        Session receiver = receiver();
        List<byte[]> sent = sealed(sender, 8);
        for (int i : new int[] {1, 6, 0, 5, 2, 7, 3, 4}) {
            assertThat(refused(receiver, sent.get(i))).as("datagram %d", i).isFalse();
        }
    }

    @Test
    void aNewKeyComesAfterTenMinutesToo() {
        Session sender = sender(Sealer.KEY_DATAGRAMS);
        Session receiver = receiver();
        long start = -5;
        byte[] first = sealed(sender, start, "a");
        byte[] old = sealed(sender, start + Sealer.KEY_NANOS - 1, "b");
        byte[] changed = sealed(sender, start + Sealer.KEY_NANOS, "c");
        byte[] kept = sealed(sender, start + 2 * Sealer.KEY_NANOS - 1, "d");
        byte[] again = sealed(sender, start + 2 * Sealer.KEY_NANOS, "e");
        List<byte[]> sent = List.of(first, old, changed, kept, again);
        assertThat(sent.stream().map(SessionTest::phase)).containsExactly(0, 0, 1, 1, 0);
        assertThat(sent).noneMatch(datagram -> refused(receiver, datagram));
    }

    @Test
    void keysChangeUnderHeavyLoss() {
        Random random = new Random(6);
        Session sender = sender(64);
        Session receiver = receiver();
        int opened = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] datagram = sealed(sender, 0, "datagram " + i);
            if (random.nextInt(100) >= 70) {
                assertThat(opened(receiver, datagram)).isEqualTo("datagram " + i);
                opened++;
            }
        }
        assertThat(opened).isBetween(1_300, 1_700);
    }

    @Test
    void aForgedPhaseChangesNoKey() {
        Session sender = sender(1_000);
        Session receiver = receiver();
        List<byte[]> sent = sealed(sender, 20);
        for (byte[] datagram : sent) {
            byte[] forged = datagram.clone();
            forged[0] ^= (byte) Kind.PHASE_BIT;
            assertThat(refused(receiver, forged)).isTrue();
            forged[9] = 0x7F;
            assertThat(refused(receiver, forged)).isTrue();
            assertThat(refused(receiver, datagram)).isFalse();
        }
    }

    @Test
    void aForgedNumberMovesNoWindow() {
        Session sender = sender(1_000);
        Session receiver = receiver();
        List<byte[]> sent = sealed(sender, 20);
        for (byte[] datagram : sent) {
            byte[] forged = datagram.clone();
            forged[9] = 0x7F;
            assertThat(refused(receiver, forged)).isTrue();
            assertThat(refused(receiver, datagram)).isFalse();
        }
    }

    @Test
    void numbersGoOnBeyondThirtyTwoBits() {
        Session receiver = receiver();
        byte[] bytes = new byte[100];
        for (long number : new long[] {0, 0x7FFF_FFFFL, 0xFFFF_FFFEL, 0xFFFF_FFFFL, 1L << 32}) {
            Sealer sealer = new Sealer(suite, new byte[32], Sealer.KEY_DATAGRAMS, number);
            int length = sealer.seal(0, 1, bytes, 0, 8);
            assertThat(receiver.open(bytes, 0, length, into))
                    .as("number %d", number)
                    .isEqualTo(8);
        }
        assertThat(receiver.open(bytes, 0, 37, into)).isEqualTo(Session.REFUSED);
    }

    @Test
    void noiseIsRefused() {
        Session receiver = receiver();
        Random noise = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[noise.nextInt(100)];
            noise.nextBytes(bytes);
            if (bytes.length > 0 && i % 2 == 0) {
                bytes[0] = 1;
            }
            assertThat(refused(receiver, bytes)).isTrue();
        }
        assertThat(refused(receiver, sealed(sender(9), 0, "after all"))).isFalse();
    }

    @Test
    void aDatagramLiesAnywhereInItsArrayAndNothingAroundItIsTouched() {
        Session sender = sender(9);
        byte[] bytes = new byte[200];
        Arrays.fill(bytes, (byte) 9);
        int length = sender.seal(0, bytes, 50, 20);
        assertThat(length).isEqualTo(20 + Session.OVERHEAD_BYTES);
        assertThat(Arrays.copyOf(bytes, 50)).containsOnly(9);
        assertThat(Arrays.copyOfRange(bytes, 50 + length, 200)).containsOnly(9);
        assertThat(receiver().open(bytes, 50, length, into)).isEqualTo(20);
        assertThat(Arrays.copyOf(into, 20)).containsOnly(9);
    }

    private Session sender(int keyDatagrams) {
        return new Session(
                1,
                new Sealer(suite, new byte[32], keyDatagrams, 0),
                new Opener(suite, new byte[32]));
    }

    private Session receiver() {
        return new Session(suite, 1, new byte[32], new byte[32]);
    }

    private static List<byte[]> sealed(Session session, int count) {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(sealed(session, 0, "datagram " + i));
        }
        return sent;
    }

    private static byte[] sealed(Session session, long now, String text) {
        byte[] payload = Pair.text(text);
        byte[] bytes = new byte[payload.length + Session.OVERHEAD_BYTES];
        System.arraycopy(payload, 0, bytes, Session.HEADER_BYTES, payload.length);
        assertThat(session.seal(now, bytes, 0, payload.length)).isEqualTo(bytes.length);
        return bytes;
    }

    private String opened(Session session, byte[] datagram) {
        int length = session.open(datagram, 0, datagram.length, into);
        assertThat(length).isNotEqualTo(Session.REFUSED);
        return new String(into, 0, length, StandardCharsets.US_ASCII);
    }

    private boolean refused(Session session, byte[] datagram) {
        return session.open(datagram, 0, datagram.length, into) == Session.REFUSED;
    }

    private static int phase(byte[] datagram) {
        return (datagram[0] & Kind.PHASE_BIT) == 0 ? 0 : 1;
    }
}
