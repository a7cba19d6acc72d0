// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The largest datagrams that a node with K = 64 and IPv6 everywhere makes. */
class WireLimitsTest {
    private static final int K = 64;
    private static final Endpoint FAR = new Endpoint(0x2001_0DB8_0000_0000L, 1, 65_535);
    private static final Member MEMBER = new Member(1, 4);
    private static final NodeRecord RECORD = new NodeRecord(
            new Bytes32(1, 2, 3, 4), FAR, 2, 9, 3, new byte[NodeRecord.SIGNATURE_BYTES]);
    private static final List<Integer> ESIS = list(K, i -> i);

    private static <T> List<T> list(int count, IntFunction<T> one) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(one.apply(i));
        }
        return all;
    }

    private static Status status(int offers) {
        List<Status.Offer> all = list(offers, i -> new Status.Offer(i, 1, 0));
        return new Status(0, 1, 2, 3, 4, 5, 6, 7, all, List.of());
    }

    /** What a viewer tells a receiver that takes as much as one can be told of. */
    private static Status statusOfAViewer() {
        List<Status.Offer> offers = list(2 * K, i -> new Status.Offer(i, 1, 0));
        List<Status.Upstream> upstreams = list(Wire.MAX_UPSTREAMS, i -> new Status.Upstream(i, 1));
        return new Status(0, 1, 2, 3, 4, 5, 6, 7, offers, upstreams);
    }

    private static int bytes(Message... frames) {
        WireWriter writer = new WireWriter().reset(new byte[4_096], 0);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        return writer.length();
    }

    @Test
    void whatSealingAddsLeavesRoomForTheFrames() {
        assertThat(Wire.DATAGRAM_HEADER_BYTES + Wire.MAX_FRAMES_BYTES + Wire.TAG_BYTES)
                .isEqualTo(Wire.MAX_DATAGRAM_BYTES);
    }

    @Test
    void theLargestReportOfTheSourceFitsWithMembersAndTheEnd() {
        Members members = new Members(list(Wire.MAX_MEMBERS, i -> MEMBER));
        End end = new End(1, 1, new byte[End.SIGNATURE_BYTES]);
        assertThat(bytes(new StatusReport(1, status(2 * K)), members, end))
                .isLessThanOrEqualTo(Wire.MAX_FRAMES_BYTES);
    }

    @Test
    void theLargestReportOfAViewerFitsWithMembersAProbeAndTheEnd() {
        Members members = new Members(list(3, i -> MEMBER));
        End end = new End(1, 1, new byte[End.SIGNATURE_BYTES]);
        StatusReport report = new StatusReport(1, statusOfAViewer());
        assertThat(bytes(report, members, new Probe(1), end))
                .isLessThanOrEqualTo(Wire.MAX_FRAMES_BYTES);
    }

    @Test
    void theLargestManifestOfEveryKFitsAndOneBlockMoreWouldNot() {
        for (int k = 1; k <= K; k++) {
            int capacity = Manifest.capacity(k);
            assertThat(capacity).isBetween(1, Manifest.MAX_BLOCKS);
            assertThat(manifestBytes(k, capacity)).isLessThanOrEqualTo(Wire.MAX_FRAMES_BYTES);
            if (capacity < Manifest.MAX_BLOCKS) {
                assertThat(manifestBytes(k, capacity + 1)).isGreaterThan(Wire.MAX_FRAMES_BYTES);
            }
        }
    }

    private static int manifestBytes(int k, int blocks) {
        Manifest manifest = new RandomMessages(new SplittableRandom(k)).manifest(k, blocks);
        WireWriter text = new WireWriter().reset(new byte[4_096], 0);
        manifest.write(text);
        byte[] signed = Arrays.copyOf(text.array(), text.length() + Manifest.SIGNATURE_BYTES);
        assertThat(signed).hasSize(Manifest.bytes(k, blocks));
        return bytes(new SignedManifest(1, signed));
    }

    @Test
    void theLargestRequestsAndAnswersFit() {
        List<Long> others = list(Wire.MAX_ALTERNATIVES, i -> 1L);
        List<Verdict> verdicts = list(K, i -> new Verdict(i, Verdict.FULL, 0, 0));
        assertThat(List.of(
                        bytes(new Subscribe(1, 0, 1, 1, 1, ESIS)),
                        bytes(new Answer(1, verdicts, others)),
                        bytes(new Unsubscribe(ESIS)),
                        bytes(new Revoke(Revoke.LEAVING, ESIS, others)),
                        bytes(new Repair(0, 1, ESIS)),
                        bytes(new RecordsWanted(list(Wire.MAX_RECORDS_WANTED, i -> 1L))),
                        bytes(new Records(list(Wire.MAX_RECORDS, i -> RECORD))),
                        bytes(new Members(list(Wire.MAX_MEMBERS, i -> MEMBER)))))
                .allMatch(bytes -> bytes <= Wire.MAX_FRAMES_BYTES);
    }

    @Test
    void oneRecordMoreThanAMessageHoldsWouldNotFit() {
        assertThat(bytes(new Records(list(Wire.MAX_RECORDS + 1, i -> RECORD))))
                .isGreaterThan(Wire.MAX_FRAMES_BYTES);
    }

    @Test
    void membersAndRecordsAreAsLongAsTheirLimits() {
        WireWriter writer = new WireWriter().reset(new byte[256], 0);
        MEMBER.write(writer);
        assertThat(writer.length()).isEqualTo(Member.BYTES);
        RECORD.write(writer.reset(new byte[256], 0));
        assertThat(writer.length()).isEqualTo(NodeRecord.MAX_BYTES);
    }

    @Test
    void anAgeBeyondTheFieldIsTheOldestOfAges() {
        byte[] bytes = new byte[64];
        WireWriter writer = new WireWriter().reset(bytes, 0);
        new Member(1, 1_000_000).write(writer);
        Member read = Member.read(new WireReader().reset(bytes, 0, writer.length()));
        assertThat(read.ageSeconds()).isEqualTo(Member.MAX_AGE_SECONDS);
    }
}
