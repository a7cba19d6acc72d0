// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Every byte is the one that a second implementation computed. */
final class SealVectorsTest {
    private static final Suite SUITE = StrongSuite.INSTANCE;

    private final Properties vectors = vectors();
    private final NodeKey initiatorKey = NodeKey.of(SUITE, bytes("initiatorSeed"));
    private final NodeKey responderKey = NodeKey.of(SUITE, bytes("responderSeed"));
    private final Initiator initiator = new Initiator(
            initiatorKey,
            Bytes32.of(bytes("stream")),
            number("initiatorConnection"),
            new FixedBytes(bytes("initiatorEphemeralSecret")));

    @Test
    void nodeKeysAndIds() {
        assertThat(initiatorKey.publicKey().bytes()).isEqualTo(bytes("initiatorKey"));
        assertThat(initiatorKey.id()).isEqualTo(number("initiatorId"));
        assertThat(responderKey.publicKey().bytes()).isEqualTo(bytes("responderKey"));
        assertThat(responderKey.id()).isEqualTo(number("responderId"));
    }

    @Test
    void helloAndCookie() {
        assertThat(hello()).isEqualTo(padded("hello"));
        assertThat(retry()).isEqualTo(bytes("retry"));
        assertThat(initiator.onRetry(retry(), 0, retry().length)).isTrue();
        assertThat(hello()).isEqualTo(padded("helloWithCookie"));
    }

    @Test
    void welcomeFinishAndBothDirections() {
        Responder responder = responder();
        byte[] room = new byte[1_300];
        int length = responder.welcome(room, 0);
        assertThat(Arrays.copyOf(room, length)).isEqualTo(bytes("welcome"));
        Proof there = initiator.onWelcome(0, room, 0, length);
        assertThat(there).isNotNull();

        Session here = initiator.finish(bytes("finishPayload"));
        length = initiator.finish(room, 0);
        assertThat(Arrays.copyOf(room, length)).isEqualTo(bytes("finish"));
        Established established = Objects.requireNonNull(responder.onFinish(room, 0, length));
        assertThat(sealed(here)).isEqualTo(bytes("initiatorData0"));
        assertThat(sealed(here)).isEqualTo(bytes("initiatorData1"));
        assertThat(sealed(established.session())).isEqualTo(bytes("responderData0"));
    }

    @Test
    void phasesAndLongNumbers() {
        Opener unused = new Opener(SUITE, new byte[32]);
        Sealer first = new Sealer(SUITE, bytes("initiatorSecret"), 1, 0);
        Session initiatorSide = new Session(number("responderConnection"), first, unused);
        assertThat(sealed(initiatorSide)).isEqualTo(bytes("initiatorData0"));
        Sealer later = new Sealer(SUITE, bytes("responderSecret"), 1, (1L << 32) + 5);
        Session responderSide = new Session(number("initiatorConnection"), later, unused);
        assertThat(sealed(responderSide)).isEqualTo(bytes("responderData2To32Plus5"));

        Session receiver = new Session(SUITE, 1, new byte[32], bytes("initiatorSecret"));
        for (String name : new String[] {
            "initiatorData0",
            "initiatorData1",
            "initiatorData2NextPhase",
            "initiatorData3PhaseAfter"
        }) {
            byte[] datagram = bytes(name);
            byte[] into = new byte[100];
            int length = receiver.open(datagram, 0, datagram.length, into);
            assertThat(length).as(name).isPositive();
            assertThat(Arrays.copyOf(into, length)).isEqualTo(bytes("dataPayload"));
        }
    }

    private Responder responder() {
        byte[] hello = padded("helloWithCookie");
        return Objects.requireNonNull(Responder.accept(
                responderKey,
                Objects.requireNonNull(Hello.read(hello, 0, hello.length)),
                number("responderConnection"),
                bytes("welcomePayload"),
                new FixedBytes(bytes("responderEphemeralSecret"))));
    }

    private byte[] retry() {
        byte[] secrets = new byte[64];
        System.arraycopy(bytes("cookieSecret"), 0, secrets, 0, 32);
        System.arraycopy(bytes("cookieSecretBefore"), 0, secrets, 32, 32);
        long now = number("cookieNanos");
        Cookies cookies = new Cookies(SUITE, now, new FixedBytes(secrets));
        int port = ByteBuffer.wrap(bytes("initiatorPort")).getShort();
        Endpoint from = Endpoint.of(bytes("initiatorAddress"), port);
        byte[] hello = padded("hello");
        byte[] room = new byte[100];
        int length = cookies.retry(
                now, from, Objects.requireNonNull(Hello.read(hello, 0, hello.length)), room, 0);
        return Arrays.copyOf(room, length);
    }

    private byte[] hello() {
        byte[] room = new byte[1_300];
        return Arrays.copyOf(room, initiator.hello(room, 0));
    }

    private byte[] sealed(Session session) {
        byte[] payload = bytes("dataPayload");
        byte[] datagram = new byte[payload.length + Session.OVERHEAD_BYTES];
        System.arraycopy(payload, 0, datagram, Session.HEADER_BYTES, payload.length);
        session.seal(0, datagram, 0, payload.length);
        return datagram;
    }

    private byte[] padded(String name) {
        return Arrays.copyOf(bytes(name), Hello.DATAGRAM_BYTES);
    }

    private byte[] bytes(String name) {
        return HexFormat.of().parseHex(Objects.requireNonNull(vectors.getProperty(name), name));
    }

    private long number(String name) {
        return ByteBuffer.wrap(bytes(name)).getLong();
    }

    private static Properties vectors() {
        Properties read = new Properties();
        try (InputStream in = SealVectorsTest.class.getResourceAsStream("vectors.properties")) {
            read.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
