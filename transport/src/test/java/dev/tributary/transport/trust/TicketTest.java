// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tributary.transport.wire.Bytes32;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SplittableRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TicketTest {
    /** The first test key of RFC 8032. */
    private static final Ed25519PrivateKeyParameters KEY = new Ed25519PrivateKeyParameters(
            hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), 0);

    private static final Bytes32 BROADCASTER = publicKey(KEY);
    private static final Bytes32 STREAM =
            Bytes32.of(hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static final Bytes32 HOLDER =
            Bytes32.of(hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
    private static final Bytes32 SOMEBODY = new Bytes32(1, 2, 3, 4);
    private static final long FROM = 1_800_000_000;
    private static final long DAY = 86_400;
    private static final TicketTerms TERMS = new TicketTerms(STREAM, HOLDER, true, true, FROM, DAY);
    private static final Ticket TICKET = Ticket.sign(TERMS, KEY);
    private static final TicketCheck CHECK = new TicketCheck(STREAM, BROADCASTER);

    /** Put together by hand; OpenSSL signed it. */
    private static final byte[] BYTES = hex("01"
            + "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
            + "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
            + "03"
            + "000000006b49d200"
            + "00015180"
            + "7186bc2bf4a9b80d3eb54e72a2f1a2b375c66e33500f0bb79b3c46590bcafd25"
            + "ea0724c1f4ec2d6f60cb7ce683e0a9149cad642df1b27e9a36356c121e4a670f");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Bytes32 publicKey(Ed25519PrivateKeyParameters key) {
        return Bytes32.of(key.generatePublicKey().getEncoded());
    }

    private static Ticket decoded(byte[] bytes) {
        return Objects.requireNonNull(Ticket.decode(bytes, 0, bytes.length));
    }

    private static TicketVerdict verdict(Ticket ticket) {
        return CHECK.verdict(ticket, HOLDER, TicketRight.WATCH, FROM);
    }

    @Test
    void aTicketIsTheseBytes() {
        assertThat(TICKET.bytes()).isEqualTo(BYTES).hasSize(Ticket.BYTES);
        Ticket read = decoded(BYTES);
        assertThat(read.terms()).isEqualTo(TERMS);
        assertThat(read.bytes()).isEqualTo(BYTES);
        assertThat(verdict(read)).isEqualTo(TicketVerdict.GOOD);
    }

    @Test
    void aTicketIsReadOutOfOtherBytesAndKeepsItsOwnCopy() {
        byte[] datagram = new byte[Ticket.BYTES + 20];
        System.arraycopy(BYTES, 0, datagram, 9, BYTES.length);
        Ticket read = Objects.requireNonNull(Ticket.decode(datagram, 9, Ticket.BYTES));
        Arrays.fill(datagram, (byte) 0);
        read.bytes()[100] ^= 1;

        assertThat(verdict(read)).isEqualTo(TicketVerdict.GOOD);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "true, true"})
    void rightsAreReadAsTheyWereGranted(boolean watch, boolean relay) {
        TicketTerms terms = new TicketTerms(STREAM, HOLDER, watch, relay, FROM, DAY);
        Ticket read = decoded(Ticket.sign(terms, KEY).bytes());

        assertThat(read.terms()).isEqualTo(terms);
        assertThat(CHECK.verdict(read, HOLDER, TicketRight.WATCH, FROM))
                .isEqualTo(watch ? TicketVerdict.GOOD : TicketVerdict.OTHER_RIGHT);
        assertThat(CHECK.verdict(read, HOLDER, TicketRight.RELAY, FROM))
                .isEqualTo(relay ? TicketVerdict.GOOD : TicketVerdict.OTHER_RIGHT);
    }

    @Test
    void aTicketHoldsFromItsFirstSecondUpToItsEnd() {
        assertThat(TERMS.endSeconds()).isEqualTo(FROM + DAY);
        assertThat(at(FROM - 1)).isEqualTo(TicketVerdict.NOT_YET_VALID);
        assertThat(at(FROM)).isEqualTo(TicketVerdict.GOOD);
        assertThat(at(FROM + DAY - 1)).isEqualTo(TicketVerdict.GOOD);
        assertThat(at(FROM + DAY)).isEqualTo(TicketVerdict.EXPIRED);
        assertThat(at(Long.MAX_VALUE)).isEqualTo(TicketVerdict.EXPIRED);
        assertThat(at(Long.MIN_VALUE)).isEqualTo(TicketVerdict.NOT_YET_VALID);
    }

    private static TicketVerdict at(long seconds) {
        return CHECK.verdict(TICKET, HOLDER, TicketRight.WATCH, seconds);
    }

    @Test
    void anotherStreamAnotherHolderAndAnotherBroadcasterAreRefused() {
        assertThat(new TicketCheck(SOMEBODY, BROADCASTER)
                        .verdict(TICKET, HOLDER, TicketRight.WATCH, FROM))
                .isEqualTo(TicketVerdict.OTHER_STREAM);
        assertThat(CHECK.verdict(TICKET, SOMEBODY, TicketRight.WATCH, FROM))
                .isEqualTo(TicketVerdict.OTHER_HOLDER);
        Ed25519PrivateKeyParameters stranger = new Ed25519PrivateKeyParameters(new byte[32], 0);
        assertThat(verdict(Ticket.sign(TERMS, stranger))).isEqualTo(TicketVerdict.FORGED);
    }

    @Test
    void underAKeyThatIsNoPointOfTheCurveNothingIsSigned() {
        TicketCheck nobody = new TicketCheck(STREAM, new Bytes32(-1, -1, -1, -1));

        assertThat(nobody.verdict(TICKET, HOLDER, TicketRight.WATCH, FROM))
                .isEqualTo(TicketVerdict.FORGED);
    }

    /** The forger also claims what the changed ticket says, so that only the signature is left. */
    @Test
    void noBitCanBeTurned() {
        for (int bit = 0; bit < 8 * Ticket.BYTES; bit++) {
            byte[] turned = BYTES.clone();
            turned[bit / 8] ^= (byte) (1 << (bit % 8));
            Ticket ticket = Ticket.decode(turned, 0, turned.length);
            if (ticket != null) {
                TicketTerms terms = ticket.terms();
                TicketRight right = terms.watch() ? TicketRight.WATCH : TicketRight.RELAY;
                assertThat(new TicketCheck(terms.stream(), BROADCASTER)
                                .verdict(ticket, terms.holder(), right, terms.notBeforeSeconds()))
                        .as("bit %d", bit)
                        .isEqualTo(TicketVerdict.FORGED);
            } else {
                assertThat(bit / 8).as("of form, rights or not before").isIn(0, 65, 66, 67, 68);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", // form
        "0, 2", "65, 0", // rights
        "65, 4", "65, 7", "65, 255", "66, 128", // not before: a negative number
        "68, 2", // and one beyond 2^40
    })
    void aFieldOutOfItsRangeMakesItNoTicket(int at, int value) {
        byte[] wrong = BYTES.clone();
        wrong[at] = (byte) value;

        assertThat(Ticket.decode(wrong, 0, wrong.length)).isNull();
    }

    @Test
    void aLifetimeOfNothingAndAWrongLengthMakeItNoTicket() {
        byte[] wrong = BYTES.clone();
        Arrays.fill(wrong, 74, 78, (byte) 0);
        assertThat(Ticket.decode(wrong, 0, wrong.length)).isNull();
        for (int length = 0; length < Ticket.BYTES; length++) {
            assertThat(Ticket.decode(BYTES, 0, length)).isNull();
        }
        byte[] longer = Arrays.copyOf(BYTES, Ticket.BYTES + 1);
        assertThat(Ticket.decode(longer, 0, longer.length)).isNull();
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[Ticket.BYTES];
            random.nextBytes(bytes);
            bytes[0] = 1;
            bytes[65] &= 3;
            Arrays.fill(bytes, 66, 69, (byte) 0);
            Ticket ticket = Ticket.decode(bytes, 0, bytes.length);
            if (ticket != null) {
                byte[] again = Ticket.sign(ticket.terms(), KEY).bytes();
                assertThat(Arrays.mismatch(again, bytes)).isGreaterThanOrEqualTo(78);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0, 1, to watch",
        "true, -1, 1, not -1",
        "true, 1099511627777, 1, not 1099511627777",
        "true, 0, 0, not 0",
        "true, 0, 4294967296, not 4294967296",
    })
    void termsOutOfRangeAreTheCallersMistake(
            boolean watch, long notBefore, long lifetime, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TicketTerms(STREAM, HOLDER, watch, false, notBefore, lifetime))
                .withMessageContaining(message);
    }

    @Test
    void theLastTermsThatThereAreAreReadAgain() {
        TicketTerms last = new TicketTerms(
                STREAM,
                HOLDER,
                false,
                true,
                TicketTerms.MOST_SECONDS,
                TicketTerms.MOST_LIFETIME_SECONDS);

        assertThat(decoded(Ticket.sign(last, KEY).bytes()).terms()).isEqualTo(last);
    }
}
