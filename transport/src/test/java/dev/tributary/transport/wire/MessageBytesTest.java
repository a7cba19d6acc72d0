// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.End;
import java.util.Arrays;
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

    private static void assertSame(@Nullable Message read, Message written) {
        if (read instanceof End got && written instanceof End sent) {
            assertThat(got.blocks()).isEqualTo(sent.blocks());
            assertThat(got.signature()).isEqualTo(sent.signature());
        } else {
            assertThat(read).isEqualTo(written);
        }
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
            if (read != null) {
                // Only a hello's padding may be missing.
                assertThat(read).isInstanceOf(Message.Hello.class);
                assertThat(frame(read)).isEqualTo(frame);
            }
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
            int type = random.nextInt(20);
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
            boolean ours = type >= Wire.HELLO && type <= Wire.MEMBERS;
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
}
