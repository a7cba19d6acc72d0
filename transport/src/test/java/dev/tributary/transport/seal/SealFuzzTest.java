// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes as a datagram of a handshake or of a link: it is taken for what it is, or changes
 * nothing. The suite protects nothing, so that the fuzzer gets behind every seal.
 */
class SealFuzzTest {
    private static final Bytes32 STREAM = new Bytes32(1, 2, 3, 4);
    private static final Endpoint THERE = Endpoint.ipv4(0x0A000001, 4_000);
    private static final Suite SUITE = PlainSuite.INSTANCE;

    private static Caller caller() {
        return new Caller(SUITE, STREAM, 0x0102, new SplittableRandom(1));
    }

    private static NodeKey key() {
        return NodeKey.of(SUITE, new byte[Suite.SEED_BYTES]);
    }

    private static Responder responder(byte[] hello) {
        return requireNonNull(Responder.accept(
                key(),
                requireNonNull(Hello.read(hello, 0, hello.length)),
                0x0304,
                new byte[] {9},
                new SplittableRandom(2)));
    }

    private static byte[] welcome(Responder responder) {
        byte[] room = new byte[Wire.MAX_DATAGRAM_BYTES];
        return Arrays.copyOf(room, responder.welcome(room, 0));
    }

    private static byte[] retry(Cookies cookies, Hello hello) {
        byte[] room = new byte[Wire.MAX_DATAGRAM_BYTES];
        return Arrays.copyOf(room, cookies.retry(0, THERE, hello, room, 0));
    }

    /** One of each kind, as an honest node sends it. */
    static Stream<byte[]> datagrams() {
        Caller caller = caller();
        byte[] hello = caller.hello();
        Cookies cookies = new Cookies(SUITE, 0, new SplittableRandom(3));
        byte[] retry = retry(cookies, requireNonNull(Hello.read(hello, 0, hello.length)));
        byte[] welcome = welcome(responder(hello));
        caller.welcome(welcome);
        byte[] finish = caller.finish(new byte[] {1, 2, 3});
        byte[] data = caller.seal(0, new byte[] {4, 0, 4, 0, 0, 0, 1});
        return Stream.of(hello, retry, welcome, finish, data, new byte[0]);
    }

    @MethodSource("datagrams")
    @FuzzTest(maxDuration = "1m")
    void anyDatagramIsTakenForWhatItIsOrChangesNothing(byte[] input) {
        Hello hello = Hello.read(input, 0, input.length);
        if (hello != null) {
            byte[] again = new byte[Wire.MAX_DATAGRAM_BYTES];
            int length = hello.write(again, 0);
            assertThat(Hello.read(again, 0, length)).usingRecursiveComparison().isEqualTo(hello);
            Cookies cookies = new Cookies(SUITE, 0, new SplittableRandom(3));
            assertThat(retry(cookies, hello)).hasSizeLessThan(Hello.DATAGRAM_BYTES);
            cookies.valid(0, THERE, hello);
        }
        Caller caller = caller();
        Responder responder = responder(caller.hello());
        Established early = responder.onFinish(input, 0, input.length);
        caller.takesRetry(input);
        byte[] payload = caller.welcome(input);
        if (payload == null && early == null && !responder.spoiled()) {
            assertAgree(caller, responder);
        }
        Session session = Caller.session(SUITE, new SplittableRandom(4));
        byte[] text = new byte[Wire.MAX_RECEIVED_BYTES + input.length];
        int opened = session.open(input, 0, input.length, text);
        assertThat(opened).isBetween(Session.REFUSED, input.length);
    }

    /** What they heard before has not kept two honest ones from each other. */
    private static void assertAgree(Caller caller, Responder responder) {
        assertThat(caller.welcome(welcome(responder))).containsExactly(9);
        byte[] finish = caller.finish(new byte[0]);
        Established made = requireNonNull(responder.onFinish(finish, 0, finish.length));
        byte[] sealed = caller.seal(0, new byte[] {7});
        byte[] text = new byte[Wire.MAX_RECEIVED_BYTES];
        assertThat(made.session().open(sealed, 0, sealed.length, text)).isEqualTo(1);
    }
}
