// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest welcome that a node with K = 64 and IPv6 everywhere makes. */
class WelcomeLimitsTest {
    private static final int K = 64;
    private static final Endpoint FAR = new Endpoint(0x2001_0DB8_0000_0000L, 1, 65_535);

    private static int welcomeBytes(int members) {
        List<Status.Offer> offers = IntStream.range(0, 2 * K)
                .mapToObj(esi -> new Status.Offer(esi, 1, 0))
                .toList();
        Welcome welcome = new Welcome(
                1,
                FAR,
                new Status(0, 1, 2, 3, 4, 5, 6, 7, offers, List.of()),
                Collections.nCopies(Wire.MAX_JOINS, new Join(1, 1)),
                Collections.nCopies(members, new Member(1, FAR, 2, 9, 3, 4)));
        WireWriter writer = new WireWriter().reset(new byte[4_096], 0);
        MessageEncoder.encode(welcome, writer);
        return writer.length();
    }

    @Test
    void theLargestWelcomeFitsInAHandshakeAndOneMemberMoreWouldNot() {
        assertThat(welcomeBytes(Greetings.TOLD)).isLessThanOrEqualTo(Responder.MAX_PAYLOAD_BYTES);
        assertThat(welcomeBytes(Greetings.TOLD + 1)).isGreaterThan(Responder.MAX_PAYLOAD_BYTES);
    }
}
