// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import static java.util.Objects.requireNonNull;

import dev.tributary.transport.seal.Cookies;
import dev.tributary.transport.seal.Established;
import dev.tributary.transport.seal.Hello;
import dev.tributary.transport.seal.Initiator;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.Proof;
import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Two nodes that greet each other again and again, both sides in one thread. */
final class Greeting {
    /** The two ends of a link. */
    record Ends(Session initiator, Session responder) {}

    private static final Endpoint ADDRESS = CountingOutbox.endpoint(0);
    private static final long INITIATOR = 1;
    private static final long RESPONDER = 2;

    private final RandomGenerator random = new SplittableRandom(3);
    private final NodeKey initiatorKey = key();
    private final NodeKey responderKey = key();
    private final Cookies cookies = new Cookies(StrongSuite.INSTANCE, 0, random);
    private final byte[] payload = new byte[400];
    private final byte[] room = new byte[Wire.MAX_RECEIVED_BYTES];

    private NodeKey key() {
        byte[] seed = new byte[NodeKey.SEED_BYTES];
        random.nextBytes(seed);
        return NodeKey.of(StrongSuite.INSTANCE, seed);
    }

    /** A whole handshake: hello, retry, hello with the cookie, welcome, finish. */
    Ends greet() {
        Initiator initiator = new Initiator(initiatorKey, LiveNode.SPEC.id(), INITIATOR, random);
        int retry = cookies.retry(0, ADDRESS, hello(initiator), room, 0);
        Received.require(initiator.onRetry(room, 0, retry), "no cookie in the retry");
        Hello hello = hello(initiator);
        Received.require(cookies.valid(0, ADDRESS, hello), "the cookie is not valid");
        Responder responder =
                requireNonNull(Responder.accept(responderKey, hello, RESPONDER, payload, random));
        int welcome = responder.welcome(room, 0);
        Proof proof = requireNonNull(initiator.onWelcome(responderKey.id(), room, 0, welcome));
        Received.require(proof.payload().length == payload.length, "the welcome lost its payload");
        Session session = initiator.finish(payload);
        Established made = requireNonNull(responder.onFinish(room, 0, initiator.finish(room, 0)));
        Received.require(made.peer().node() == initiatorKey.id(), "not who greeted");
        return new Ends(session, made.session());
    }

    private Hello hello(Initiator initiator) {
        return requireNonNull(Hello.read(room, 0, initiator.hello(room, 0)));
    }
}
