// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.tributary.transport.seal.Suites#both")
final class HandshakeTest {
    private final Suite suite;
    private final Pair pair;

    HandshakeTest(Suite suite) {
        this.suite = suite;
        pair = new Pair(suite, 1);
    }

    @Test
    void bothSidesLearnWhoTheOtherIsAndWhatItSays() {
        Responder responder = pair.responder("hello back");
        byte[] welcome = Pair.welcome(responder);
        Proof there =
                Objects.requireNonNull(pair.initiator.onWelcome(0, welcome, 0, welcome.length));
        assertThat(there.key()).isEqualTo(pair.responderKey.publicKey());
        assertThat(there.node()).isEqualTo(pair.responderKey.id());
        assertThat(there.payload()).isEqualTo(Pair.text("hello back"));

        pair.initiator.finish(Pair.text("here I am"));
        byte[] finish = pair.finish();
        Established here = Objects.requireNonNull(responder.onFinish(finish, 0, finish.length));
        assertThat(here.peer().key()).isEqualTo(pair.initiatorKey.publicKey());
        assertThat(here.peer().payload()).isEqualTo(Pair.text("here I am"));
    }

    @Test
    void anyBitFlippedInAWelcomeIsRefusedAndTheTrueOneStillCounts() {
        byte[] welcome = Pair.welcome(pair.responder("hello back"));
        for (int bit = 0; bit < 8 * welcome.length; bit += bit < 72 ? 1 : 5) {
            byte[] forged = flipped(welcome, bit);
            assertThat(pair.initiator.onWelcome(0, forged, 0, forged.length))
                    .as("bit %d", bit)
                    .isNull();
        }
        assertThat(pair.initiator.onWelcome(0, welcome, 0, welcome.length)).isNotNull();
    }

    @Test
    void anyBitOfTheHelloThatChangedOnTheWayEndsTheHandshake() {
        Hello hello = pair.provedHello();
        byte[] sent = pair.hello();
        for (int at = Handshake.HEADER_BYTES;
                at < Handshake.HEADER_BYTES + Hello.CORE_BYTES;
                at++) {
            byte[] forged = flipped(sent, 8 * at + 3);
            Hello read = Hello.read(forged, 0, forged.length);
            if (read == null) {
                continue;
            }
            Responder responder = accept(read);
            byte[] welcome = responder == null ? new byte[0] : Pair.welcome(responder);
            assertThat(pair.initiator.onWelcome(0, welcome, 0, welcome.length))
                    .as("byte %d", at)
                    .isNull();
        }
        byte[] welcome = Pair.welcome(Objects.requireNonNull(accept(hello)));
        assertThat(pair.initiator.onWelcome(0, welcome, 0, welcome.length)).isNotNull();
    }

    @Test
    void aShortenedDatagramIsRefused() {
        Responder responder = pair.responder("hello back");
        byte[] welcome = Pair.welcome(responder);
        for (int length = 0; length < welcome.length; length++) {
            assertThat(pair.initiator.onWelcome(0, welcome, 0, length)).isNull();
        }
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(new byte[0]);
        byte[] finish = pair.finish();
        for (int length = 0; length < finish.length; length++) {
            assertThat(responder.onFinish(finish, 0, length)).isNull();
        }
        byte[] hello = pair.hello();
        for (int length = 0; length < hello.length; length++) {
            assertThat(Hello.read(hello, 0, length)).isNull();
        }
    }

    @Test
    void anotherNodeThanTheExpectedOneIsRefused() {
        byte[] welcome = Pair.welcome(pair.responder(""));
        long other = pair.initiatorKey.id();
        assertThat(pair.initiator.onWelcome(other, welcome, 0, welcome.length)).isNull();
        long expected = pair.responderKey.id();
        assertThat(pair.initiator.onWelcome(expected, welcome, 0, welcome.length))
                .isNotNull();
    }

    @Test
    void aProofOfOneHandshakeIsWorthNothingInAnother() {
        Responder responder = pair.responder("");
        byte[] welcome = Pair.welcome(responder);
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(new byte[0]);
        byte[] finish = pair.finish();

        Pair later = new Pair(suite, 2);
        Responder laterResponder = later.responder("");
        assertThat(later.initiator.onWelcome(0, welcome, 0, welcome.length)).isNull();
        assertThat(laterResponder.onFinish(finish, 0, finish.length)).isNull();
    }

    @Test
    void whoSignsWithAnotherKeyThanItShowsIsRefused() {
        Hello hello = pair.provedHello();
        NodeKey liar = Pair.key(suite, new Random(9));
        EphemeralKey ephemeral = new EphemeralKey(suite, pair.random);
        byte[] answer = Handshake.answer(Pair.THERE, ephemeral.publicKey());
        Handshake forged = Objects.requireNonNull(
                Handshake.agree(hello, answer, ephemeral, hello.ephemeral()));
        byte[] own = forged.prove(
                Handshake.Step.WELCOME, Responder.opening(hello, answer), liar, new byte[0]);
        byte[] shown = shownAs(pair.responderKey, Handshake.Step.WELCOME, own, forged);
        assertThat(pair.initiator.onWelcome(0, shown, 0, shown.length)).isNull();
        assertThat(pair.initiator.onWelcome(0, own, 0, own.length)).isNotNull();
    }

    @Test
    void whoFinishesWithAnotherKeyThanItShowsSpoilsItsHandshakeAndNobodyElseCan() {
        EphemeralKey ephemeral = new EphemeralKey(suite, pair.random);
        Hello hello = new Hello(Wire.VERSION, 0, Pair.STREAM, Pair.HERE, ephemeral.publicKey());
        Responder responder = Objects.requireNonNull(accept(hello));
        Handshake liar = initiatorSide(hello, ephemeral, Pair.welcome(responder));
        byte[] own =
                liar.prove(Handshake.Step.FINISH, finishHeader(), pair.initiatorKey, new byte[0]);
        byte[] shown = shownAs(pair.responderKey, Handshake.Step.FINISH, own, liar);

        byte[] damaged = flipped(shown, 8 * shown.length - 1);
        assertThat(responder.onFinish(damaged, 0, damaged.length)).isNull();
        assertThat(responder.spoiled()).isFalse();
        assertThat(responder.onFinish(shown, 0, shown.length)).isNull();
        assertThat(responder.spoiled()).isTrue();
        assertThat(responder.onFinish(own, 0, own.length)).isNull();
    }

    @Test
    void aFinishThatOpensAndIsTooShortForAProofSpoilsTheHandshake() {
        EphemeralKey ephemeral = new EphemeralKey(suite, pair.random);
        Hello hello = new Hello(Wire.VERSION, 0, Pair.STREAM, Pair.HERE, ephemeral.publicKey());
        Responder responder = Objects.requireNonNull(accept(hello));
        Handshake liar = initiatorSide(hello, ephemeral, Pair.welcome(responder));
        byte[] shorter = Arrays.copyOf(finishHeader(), finishHeader().length + Aead.TAG_BYTES);
        liar.aead(Handshake.Step.FINISH).seal(0, shorter, 0, 0);
        assertThat(responder.onFinish(shorter, 0, shorter.length)).isNull();
        assertThat(responder.spoiled()).isTrue();
    }

    @Test
    void aFinishThatComesAgainIsNoneAndSpoilsNothing() {
        Responder responder = pair.responder("");
        byte[] welcome = Pair.welcome(responder);
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(new byte[0]);
        byte[] finish = pair.finish();
        assertThat(responder.onFinish(finish, 0, finish.length)).isNotNull();
        assertThat(responder.onFinish(finish, 0, finish.length)).isNull();
        assertThat(responder.spoiled()).isFalse();
    }

    @Test
    void aKeyThatSharesNoSecretIsRefused() {
        Bytes32 weak = new Bytes32(0, 0, 0, 0);
        assertThat(accept(new Hello(Wire.VERSION, 0, Pair.STREAM, Pair.HERE, weak)))
                .isNull();
        byte[] welcome = Pair.welcome(pair.responder(""));
        byte[] forged = welcome.clone();
        Arrays.fill(
                forged, Handshake.WELCOME_CLEAR_BYTES - 32, Handshake.WELCOME_CLEAR_BYTES, (byte)
                        0);
        assertThat(pair.initiator.onWelcome(0, forged, 0, forged.length)).isNull();
        assertThat(pair.initiator.onWelcome(0, welcome, 0, welcome.length)).isNotNull();
    }

    @Test
    void theSameHelloGetsTheSameWelcomeAndAnotherOneDoesNot() {
        Responder responder = pair.responder("");
        assertThat(responder.answers(pair.helloRead())).isTrue();
        byte[] retry = pair.retry(Cookies.EPOCH_NANOS);
        pair.initiator.onRetry(retry, 0, retry.length);
        assertThat(responder.answers(pair.helloRead())).isTrue();
        assertThat(responder.answers(new Pair(suite, 2).helloRead())).isFalse();
        assertThat(Pair.welcome(responder)).isEqualTo(Pair.welcome(responder));
    }

    @Test
    void aSecondWelcomeChangesNothingAndTheFinishStaysTheSame() {
        Responder responder = pair.responder("");
        byte[] welcome = Pair.welcome(responder);
        assertThat(pair.finish()).isEmpty();
        pair.initiator.onWelcome(0, welcome, 0, welcome.length);
        pair.initiator.finish(new byte[0]);
        byte[] finish = pair.finish();
        assertThat(pair.initiator.onWelcome(0, welcome, 0, welcome.length)).isNull();
        byte[] retry = new Pair(suite, 1).retry(0);
        assertThat(pair.initiator.onRetry(retry, 0, retry.length)).isFalse();
        assertThat(pair.finish()).isEqualTo(finish);
        assertThatThrownBy(() -> pair.initiator.finish(new byte[0]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHandshakeFillsADatagramAndNoMore() {
        byte[] most = new byte[Responder.MAX_PAYLOAD_BYTES];
        Hello hello = pair.provedHello();
        Responder responder = Objects.requireNonNull(
                Responder.accept(pair.responderKey, hello, Pair.THERE, most, pair.random));
        assertThat(Pair.welcome(responder)).hasSize(Wire.MAX_DATAGRAM_BYTES);
        byte[] tooMuch = new byte[most.length + 1];
        assertThatThrownBy(() -> Responder.accept(
                        pair.responderKey, hello, Pair.THERE, tooMuch, pair.random))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1072");
    }

    @Test
    void whatAnswersAnUnprovedAddressIsShorterThanWhatItSent() {
        byte[] hello = pair.hello();
        assertThat(hello).hasSize(Hello.DATAGRAM_BYTES);
        assertThat(pair.retry(0)).hasSizeLessThan(hello.length);
        byte[] shorter = Arrays.copyOf(hello, hello.length - 1);
        assertThat(Hello.read(shorter, 0, shorter.length)).isNull();
    }

    @Test
    void noiseIsRefusedEverywhere() {
        Responder responder = pair.responder("");
        Random noise = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[noise.nextInt(600)];
            noise.nextBytes(bytes);
            if (bytes.length > 8) {
                bytes[0] = (byte) (noise.nextInt(6) << 4 | Wire.VERSION);
            }
            Hello.read(bytes, 0, bytes.length);
            assertThat(pair.initiator.onWelcome(0, bytes, 0, bytes.length)).isNull();
            assertThat(pair.initiator.onRetry(bytes, 0, bytes.length)).isFalse();
            assertThat(responder.onFinish(bytes, 0, bytes.length)).isNull();
        }
    }

    private static Handshake initiatorSide(Hello hello, EphemeralKey ephemeral, byte[] welcome) {
        byte[] answer =
                Arrays.copyOfRange(welcome, Handshake.HEADER_BYTES, Handshake.WELCOME_CLEAR_BYTES);
        Bytes32 remote = Bytes32.of(Arrays.copyOfRange(answer, 8, answer.length));
        Handshake agreed =
                Objects.requireNonNull(Handshake.agree(hello, answer, ephemeral, remote));
        assertThat(agreed.check(Handshake.Step.WELCOME, welcome, 0, welcome.length))
                .isNotNull();
        return agreed;
    }

    private static byte[] finishHeader() {
        byte[] header = new byte[Handshake.HEADER_BYTES];
        new WireWriter().reset(header, 0).u8(Kind.FINISH.firstByte()).u64(Pair.THERE);
        return header;
    }

    /** A proof in which another key stands in front of the liar's signature. */
    private static byte[] shownAs(
            NodeKey other, Handshake.Step step, byte[] proof, Handshake handshake) {
        byte[] text = new byte[proof.length];
        Aead aead = handshake.aead(step);
        int length = aead.open(0, proof, 0, proof.length, text);
        assertThat(length).isPositive();
        int clear = proof.length - length - Aead.TAG_BYTES;
        byte[] forged = proof.clone();
        System.arraycopy(text, 0, forged, clear, length);
        System.arraycopy(other.publicKey().bytes(), 0, forged, clear, 32);
        aead.seal(0, forged, 0, length);
        return forged;
    }

    private @Nullable Responder accept(Hello hello) {
        return Responder.accept(pair.responderKey, hello, Pair.THERE, new byte[0], pair.random);
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] forged = bytes.clone();
        forged[bit / 8] ^= (byte) (1 << bit % 8);
        return forged;
    }
}
