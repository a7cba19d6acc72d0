// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static dev.tributary.transport.wire.SameMessage.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.ManifestFeed;
import dev.tributary.transport.wire.Message.ManifestRequest;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.Message.Seen;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Wrong;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageBytesTest {
    private static final int BYTES = 8_192;

    private final SplittableRandom random = new SplittableRandom(20_260_801);
    private final RandomMessages messages = new RandomMessages(random);
    private final WireReader reader = new WireReader();

    private static byte[] frame(Message message) {
        byte[] bytes = new byte[BYTES];
        WireWriter writer = new WireWriter().reset(bytes, 0);
        MessageEncoder.encode(message, writer);
        return Arrays.copyOf(bytes, writer.length());
    }

    private @Nullable Message decode(byte[] frame, int bodyBytes) {
        return MessageDecoder.decode(
                frame[0], reader.reset(frame, Wire.FRAME_HEADER_BYTES, bodyBytes));
    }

    @Test
    void everyMessageComesBackAsItWasWritten() {
        for (int type : RandomMessages.TYPES) {
            for (int i = 0; i < 500; i++) {
                Message message = messages.ofType(type);
                byte[] frame = frame(message);
                assertThat(frame[0]).isEqualTo((byte) type);
                assertThat(((frame[1] & 0xFF) << 8) | (frame[2] & 0xFF))
                        .isEqualTo(frame.length - Wire.FRAME_HEADER_BYTES);
                assertSame(decode(frame, frame.length - Wire.FRAME_HEADER_BYTES), message);
            }
        }
    }

    @Test
    void whatTheSourceSignedHasTheBytesOfTheTables() {
        byte[] text = {(byte) 0xA1, (byte) 0xB2, (byte) 0xC3};
        byte[] signature = new byte[End.SIGNATURE_BYTES];
        Arrays.fill(signature, (byte) 0x5A);
        assertBytes(new SignedManifest(7, text), "10 0006 07 0003 a1b2c3");
        assertBytes(new ManifestFeed(true), "11 0001 01");
        assertBytes(new ManifestFeed(false), "11 0001 00");
        assertBytes(new ManifestRequest(0x5_0102_0304L, 16), "12 0005 01020304 10");
        assertBytes(new Wrong(0x5_0102_0304L, 31), "13 0005 01020304 1f");
        assertBytes(
                new End(0x0102_0304_0506_0708L, 258, signature),
                "0d 0050 0102030405060708 0000000000000102 " + "5a".repeat(64));
    }

    @Test
    void aStatusHasTheBytesOfItsTable() {
        Status status = new Status(
                5,
                0x1_0000_000AL,
                11,
                12,
                13,
                14,
                15,
                16,
                List.of(new Status.Offer(17, 18, 3)),
                List.of(new Status.Upstream(19, 20)));
        assertBytes(
                new StatusReport(9, status),
                "05 0025 00000009 05 0000000a 0000000b 0000000c 000d 000e 0f 10"
                        + " 01 11 12 03 01 13 0000000000000014");
    }

    @Test
    void whatIsSaidOfNodesHasTheBytesOfTheTables() {
        Endpoint endpoint = Endpoint.ipv4(0x7F00_0001, 21);
        assertBytes(new Seen(endpoint), "18 0007 04 7f000001 0015");
        assertBytes(
                new RecordsWanted(List.of(1L, -2L)),
                "17 0011 02 0000000000000001 fffffffffffffffe");
        assertBytes(new Members(List.of(new Member(3, 258))), "0f 000b 01 0000000000000003 0102");
        Bytes32 key = new Bytes32(1, 2, 3, 4);
        byte[] signature = new byte[NodeRecord.SIGNATURE_BYTES];
        Arrays.fill(signature, (byte) 0x5A);
        assertBytes(
                new Records(List.of(new NodeRecord(key, endpoint, 2, 9, 258, signature))),
                "16 006f 01 0000000000000001 0000000000000002 0000000000000003 0000000000000004"
                        + " 04 7f000001 0015 02 0009 00000102 " + "5a".repeat(64));
    }

    private static void assertBytes(Message message, String expected) {
        assertThat(HexFormat.of().formatHex(frame(message))).isEqualTo(expected.replace(" ", ""));
    }

    @Test
    void bytesBehindAMessageAreLeftToLaterVersions() {
        for (int type : RandomMessages.TYPES) {
            Message message = messages.ofType(type);
            byte[] frame = frame(message);
            byte[] longer = Arrays.copyOf(frame, frame.length + 40);
            assertSame(decode(longer, longer.length - Wire.FRAME_HEADER_BYTES), message);
        }
    }

    @Test
    void aMessageCutAnywhereIsNullOrAMessage() {
        for (int type : RandomMessages.TYPES) {
            for (int i = 0; i < 4; i++) {
                cutEverywhere(frame(messages.ofType(type)));
            }
        }
    }

    private void cutEverywhere(byte[] frame) {
        for (int bytes = 0; bytes < frame.length - Wire.FRAME_HEADER_BYTES; bytes++) {
            Message read = decode(frame, bytes);
            assertThat(reader.remaining()).isNotNegative();
            assertThat(read).isNull();
        }
    }

    @Test
    void randomBytesAreNullOrAMessage() {
        byte[] bytes = new byte[Wire.MAX_RECEIVED_BYTES];
        int messagesRead = 0;
        for (int i = 0; i < 200_000; i++) {
            int length = random.nextInt(i % 8 == 0 ? bytes.length : 120);
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                // Small counts, so that lists are read to their ends now and then.
                for (int b = 0; b < length; b++) {
                    bytes[b] &= 7;
                }
            }
            int type = random.nextInt(27);
            Message read = MessageDecoder.decode(type, reader.reset(bytes, 0, length));
            if (read != null) {
                messagesRead++;
                assertThat(frame(read)[0]).isEqualTo((byte) type);
            }
        }
        assertThat(messagesRead).isGreaterThan(20_000);
    }

    @Test
    void aFlippedByteIsNullOrAMessage() {
        for (int i = 0; i < 20_000; i++) {
            byte[] frame = frame(messages.any());
            int body = frame.length - Wire.FRAME_HEADER_BYTES;
            if (body > 0) {
                frame[Wire.FRAME_HEADER_BYTES + random.nextInt(body)] ^=
                        (byte) (1 + random.nextInt(255));
                Message read = decode(frame, body);
                assertThat(read == null || frame(read)[0] == frame[0]).isTrue();
            }
        }
    }

    @Test
    void unknownTypesAreNotKnownAndDecodeToNothing() {
        for (int type = 0; type < 256; type++) {
            boolean ours = RandomMessages.TYPES.contains(type) || type == Wire.SYMBOL;
            assertThat(MessageDecoder.knows(type)).isEqualTo(ours);
            if (!ours) {
                assertThat(MessageDecoder.decode(type, reader.reset(new byte[400], 0, 400)))
                        .isNull();
            }
        }
    }

    @Test
    void moreMembersThanAMessageMayNameMakeItMalformed() {
        byte[] frame = frame(messages.ofType(Wire.MEMBERS));
        frame[Wire.FRAME_HEADER_BYTES] = Wire.MAX_MEMBERS + 1;
        byte[] padded = Arrays.copyOf(frame, 2_000);
        assertThat(decode(padded, 1_900)).isNull();
    }

    @Test
    void moreNodesOrRecordsThanAMessageMayNameMakeItMalformed() {
        assertMalformedBeyond(Wire.RECORDS_WANTED, Wire.MAX_RECORDS_WANTED, 0);
        assertMalformedBeyond(Wire.RECORDS, Wire.MAX_RECORDS, 0);
        assertMalformedBeyond(Wire.ANSWER, Wire.MAX_ALTERNATIVES, 3);
        assertMalformedBeyond(Wire.REVOKE, Wire.MAX_ALTERNATIVES, 2);
    }

    private void assertMalformedBeyond(int type, int most, int countAt) {
        byte[] frame = new byte[2_000];
        frame[0] = (byte) type;
        for (int at = 0; at < frame.length; at += NodeRecord.MAX_BYTES - 12) {
            frame[Math.min(frame.length - 1, Wire.FRAME_HEADER_BYTES + countAt + 33 + at)] = 4;
        }
        frame[Wire.FRAME_HEADER_BYTES + countAt] = (byte) most;
        assertThat(decode(frame, 1_900)).isNotNull();
        frame[Wire.FRAME_HEADER_BYTES + countAt]++;
        assertThat(decode(frame, 1_900)).isNull();
    }

    @Test
    void moreUpstreamsThanAStatusMayNameMakeItMalformed() {
        assertThat(decode(reportWith(Wire.MAX_UPSTREAMS), 900)).isNotNull();
        assertThat(decode(reportWith(Wire.MAX_UPSTREAMS + 1), 900)).isNull();
    }

    private byte[] reportWith(int upstreams) {
        Status.Upstream one = new Status.Upstream(1, 2);
        Status status =
                new Status(0, 1, 0, 0, 0, 0, 0, 0, List.of(), Collections.nCopies(upstreams, one));
        return Arrays.copyOf(frame(new StatusReport(0, status)), 1_000);
    }
}
