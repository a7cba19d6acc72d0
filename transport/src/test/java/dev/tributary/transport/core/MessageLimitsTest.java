// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Shown;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest messages that a node with K = 64 and IPv6 everywhere makes. */
class MessageLimitsTest {
    private static final int K = 64;
    private static final Endpoint FAR = new Endpoint(0x2001_0DB8_0000_0000L, 1, 65_535);

    private static final NodeRecord OWN = new NodeRecord(
            new Bytes32(1, 2, 3, 4), FAR, 1, 9, 3, new byte[NodeRecord.SIGNATURE_BYTES]);

    private static int welcomeBytes(int ticket) {
        List<Status.Offer> offers = IntStream.range(0, 2 * K)
                .mapToObj(esi -> new Status.Offer(esi, 1, 0))
                .toList();
        Welcome welcome = new Welcome(
                1,
                FAR,
                new byte[ticket],
                new Status(0, 1, 2, 3, 4, 5, 6, 7, offers, List.of()),
                Collections.nCopies(Wire.MAX_JOINS, new Join(1, 1)),
                Collections.nCopies(Wire.MAX_MEMBERS, new Member(1, 4)),
                OWN);
        WireWriter writer = new WireWriter().reset(new byte[4_096], 0);
        MessageEncoder.encode(welcome, writer);
        return writer.length();
    }

    @Test
    void theLargestReportFitsInADatagramWithAnEndAndANextTicket() {
        List<Status.Offer> offers = Collections.nCopies(2 * K, new Status.Offer(1, 1, 0));
        List<Status.Upstream> upstreams =
                Collections.nCopies(Wire.MAX_UPSTREAMS, new Status.Upstream(1, 1));
        Status status = new Status(0, 1, 2, 3, 4, 5, 6, 7, offers, upstreams);
        WireWriter writer = new WireWriter().reset(new byte[4_096], 0);
        List<Member> told = Collections.nCopies(Membership.TOLD_AT_ONCE, new Member(1, 4));
        MessageEncoder.encode(new StatusReport(1, status), writer);
        MessageEncoder.encode(new Members(told), writer);
        MessageEncoder.encode(new Probe(1), writer);
        MessageEncoder.encode(new End(1, 2, new byte[End.SIGNATURE_BYTES]), writer);
        MessageEncoder.encode(new Shown(new byte[Ticket.BYTES]), writer);
        assertThat(writer.length()).isLessThanOrEqualTo(Wire.MAX_FRAMES_BYTES);
    }

    @Test
    void theLargestWelcomeFitsInAHandshake() {
        assertThat(welcomeBytes(Ticket.BYTES)).isLessThanOrEqualTo(Responder.MAX_PAYLOAD_BYTES);
    }
}
