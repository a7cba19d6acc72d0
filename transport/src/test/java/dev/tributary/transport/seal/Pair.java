// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Two nodes that greet each other, step by step; the datagrams of each step lie open. */
final class Pair {
    static final Endpoint ADDRESS = Endpoint.ipv4(0x0A000001, 4_000);
    static final Bytes32 STREAM = new Bytes32(1, 2, 3, 4);
    static final long HERE = 0x1111_2222_3333_4444L;
    static final long THERE = 0x5555_6666_7777_8888L;

    final RandomGenerator random;
    final NodeKey initiatorKey;
    final NodeKey responderKey;
    final Initiator initiator;
    final Cookies cookies;

    Pair(Suite suite, long seed) {
        random = new Random(seed);
        initiatorKey = key(suite, random);
        responderKey = key(suite, random);
        initiator = new Initiator(initiatorKey, STREAM, HERE, random);
        cookies = new Cookies(suite, 0, random);
    }

    static NodeKey key(Suite suite, RandomGenerator random) {
        byte[] seed = new byte[NodeKey.SEED_BYTES];
        random.nextBytes(seed);
        return NodeKey.of(suite, seed);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] hello() {
        byte[] room = new byte[1_300];
        return Arrays.copyOf(room, initiator.hello(room, 0));
    }

    Hello helloRead() {
        byte[] hello = hello();
        return Objects.requireNonNull(Hello.read(hello, 0, hello.length));
    }

    byte[] retry(long now) {
        byte[] room = new byte[1_300];
        return Arrays.copyOf(room, cookies.retry(now, ADDRESS, helloRead(), room, 0));
    }

    /** The hello that comes back with its cookie. */
    Hello provedHello() {
        byte[] retry = retry(0);
        assertThat(initiator.onRetry(retry, 0, retry.length)).isTrue();
        Hello hello = helloRead();
        assertThat(cookies.valid(0, ADDRESS, hello)).isTrue();
        return hello;
    }

    Responder responder(String payload) {
        Hello hello = provedHello();
        return Objects.requireNonNull(
                Responder.accept(responderKey, hello, THERE, text(payload), random));
    }

    static byte[] welcome(Responder responder) {
        byte[] room = new byte[1_300];
        return Arrays.copyOf(room, responder.welcome(room, 0));
    }

    byte[] finish() {
        byte[] room = new byte[1_300];
        return Arrays.copyOf(room, initiator.finish(room, 0));
    }

    /** The initiator's session and then the responder's. */
    Session[] sessions() {
        Responder responder = responder("");
        byte[] welcome = welcome(responder);
        assertThat(initiator.onWelcome(0, welcome, 0, welcome.length)).isNotNull();
        Session there = initiator.finish(new byte[0]);
        byte[] finish = finish();
        Established here = Objects.requireNonNull(responder.onFinish(finish, 0, finish.length));
        return new Session[] {there, here.session()};
    }
}
