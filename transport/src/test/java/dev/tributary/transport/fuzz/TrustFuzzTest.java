// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tributary.transport.SigningKey;
import dev.tributary.transport.StreamTicket;
import dev.tributary.transport.TicketOrder;
import dev.tributary.transport.trust.ContentKeys;
import dev.tributary.transport.trust.ContentSecret;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketCheck;
import dev.tributary.transport.trust.TicketRight;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.trust.TicketVerdict;
import dev.tributary.transport.wire.Bytes32;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a ticket's bytes or text are: it comes back the same, or is none. */
class TrustFuzzTest {
    private static final Bytes32 STREAM = new Bytes32(1, 2, 3, 4);
    private static final Bytes32 HOLDER = new Bytes32(5, 6, 7, 8);
    private static final long BEGIN = 1_700_000_000;
    private static final Ed25519PrivateKeyParameters BROADCASTER =
            new Ed25519PrivateKeyParameters(new byte[32], 0);
    private static final Ticket GENUINE =
            Ticket.sign(new TicketTerms(STREAM, HOLDER, true, true, BEGIN, 60), BROADCASTER);

    private final TicketCheck check =
            new TicketCheck(STREAM, Bytes32.of(BROADCASTER.generatePublicKey().getEncoded()));

    static Stream<byte[]> tickets() {
        byte[] whole = GENUINE.bytes();
        return Stream.of(whole, Arrays.copyOf(whole, whole.length - 1), new byte[Ticket.BYTES]);
    }

    @MethodSource("tickets")
    @FuzzTest(maxDuration = "1m")
    void aTicketComesBackOrIsNoneAndOnlyTheSignedOneIsGood(byte[] input) {
        byte[] among = Arrays.copyOf(input, input.length + 7);
        System.arraycopy(input, 0, among, 7, input.length);
        Ticket ticket = Ticket.decode(among, 7, input.length);
        if (ticket == null) {
            return;
        }
        assertThat(ticket.bytes()).isEqualTo(input);
        assertThat(ticket.terms().endSeconds()).isGreaterThan(ticket.terms().notBeforeSeconds());
        boolean genuine = Arrays.equals(input, GENUINE.bytes());
        TicketVerdict verdict = check.verdict(ticket, HOLDER, TicketRight.WATCH, BEGIN);
        assertThat(verdict == TicketVerdict.GOOD).isEqualTo(genuine);
    }

    static Stream<byte[]> contentKeys() {
        ContentSecret secret = new ContentSecret(new byte[32], STREAM);
        return Stream.of(
                secret.during(BEGIN, BEGIN + 1).encode(),
                secret.during(BEGIN, BEGIN + 8_000).encode(),
                new byte[4]);
    }

    @MethodSource("contentKeys")
    @FuzzTest(maxDuration = "1m")
    void contentKeysComeBackOrAreNone(byte[] input) {
        ContentKeys keys = ContentKeys.decode(input);
        if (keys != null) {
            assertThat(keys.encode()).isEqualTo(input);
            assertThat(keys.of(-1)).isNull();
            assertThat(keys.of(Long.MAX_VALUE)).isNull();
        }
    }

    static Stream<byte[]> texts() {
        SigningKey key = SigningKey.of(new byte[32]);
        return Stream.of(false, true).map(content -> {
            TicketOrder order = new TicketOrder(
                    "news",
                    key.publicText(),
                    true,
                    false,
                    content,
                    Instant.ofEpochSecond(BEGIN),
                    Duration.ofHours(1));
            return key.ticket(order).text().getBytes(StandardCharsets.US_ASCII);
        });
    }

    @MethodSource("texts")
    @FuzzTest(maxDuration = "1m")
    void aTextIsATicketThatComesBackOrIsRefusedInWords(byte[] input) {
        StreamTicket ticket;
        try {
            ticket = StreamTicket.parse(new String(input, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).containsAnyOf("no ticket", "damaged or not whole");
            return;
        }
        StreamTicket again = StreamTicket.parse(ticket.text());
        assertThat(again.text()).isEqualTo(ticket.text());
        assertThat(again.hasContentKeys()).isEqualTo(ticket.hasContentKeys());
    }
}
