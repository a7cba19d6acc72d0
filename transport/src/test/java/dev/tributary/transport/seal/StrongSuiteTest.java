// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the strong suite promises: nobody reads, alters or forges. */
final class StrongSuiteTest {
    private static final Suite SUITE = StrongSuite.INSTANCE;

    private final Pair pair = new Pair(SUITE, 1);

    @Test
    void neitherIdentityNorPayloadCanBeReadOnTheWay() {
        Responder responder = pair.responder("hello back");
        byte[] welcome = Pair.welcome(responder);
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(Pair.text("here I am"));
        assertThat(hex(welcome))
                .doesNotContain(hex(pair.responderKey.publicKey().bytes()))
                .doesNotContain(hex(Pair.text("hello back")));
        assertThat(hex(pair.finish()))
                .doesNotContain(hex(pair.initiatorKey.publicKey().bytes()))
                .doesNotContain(hex(Pair.text("here I am")));
    }

    @Test
    void anyBitFlippedInAFinishIsRefusedAndTheTrueOneStillCounts() {
        Responder responder = pair.responder("");
        byte[] welcome = Pair.welcome(responder);
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(Pair.text("here I am"));
        byte[] finish = pair.finish();
        for (int bit = 0; bit < 8 * finish.length; bit++) {
            byte[] forged = flipped(finish, bit);
            assertThat(responder.onFinish(forged, 0, forged.length))
                    .as("bit %d", bit)
                    .isNull();
        }
        assertThat(responder.onFinish(finish, 0, finish.length)).isNotNull();
    }

    @Test
    void anyBitFlippedInAPayloadIsRefusedAndNothingOfItIsShown() {
        Session[] sides = pair.sessions();
        byte[] datagram = new byte[Session.OVERHEAD_BYTES + 5];
        sides[0].seal(0, datagram, 0, 5);
        byte[] into = new byte[100];
        for (int bit = 8 * Session.HEADER_BYTES; bit < 8 * datagram.length; bit++) {
            byte[] forged = flipped(datagram, bit);
            assertThat(sides[1].open(forged, 0, forged.length, into))
                    .as("bit %d", bit)
                    .isEqualTo(Session.REFUSED);
        }
        assertThat(into).containsOnly(0);
        assertThat(sides[1].open(datagram, 0, datagram.length, into)).isEqualTo(5);
    }

    @Test
    void aPayloadCannotBeReadOnTheWay() {
        byte[] payload = Pair.text("a payload of some length");
        byte[] datagram = new byte[Session.OVERHEAD_BYTES + payload.length];
        System.arraycopy(payload, 0, datagram, Session.HEADER_BYTES, payload.length);
        pair.sessions()[0].seal(0, datagram, 0, payload.length);
        assertThat(hex(datagram)).doesNotContain(hex(payload));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void aKeyThatSharesTheSameWithEverybodySharesNothing(String point) {
        Bytes32 weak = Bytes32.of(HexFormat.of().parseHex(point));
        assertThat(new EphemeralKey(SUITE, new Random(1)).agree(weak)).isNull();
    }

    /** With the neutral point as key, R = s B signs any text: nobody may be that node. */
    @Test
    void aKeyForWhichAnybodyCanSignIsRefused() {
        Bytes32 neutral = Bytes32.of(HexFormat.of().parseHex("01" + "00".repeat(31)));
        byte[] forged = HexFormat.of().parseHex("01" + "00".repeat(63));
        assertThat(SUITE.verify(neutral, Pair.text("text"), forged)).isFalse();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] forged = bytes.clone();
        forged[bit / 8] ^= (byte) (1 << bit % 8);
        return forged;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
