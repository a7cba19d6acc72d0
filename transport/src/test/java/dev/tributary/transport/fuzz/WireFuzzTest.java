// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.fuzz;

import static dev.tributary.transport.wire.SameMessage.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.RandomMessages;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come: decoders take them or leave them, and what they take they give back. */
class WireFuzzTest {
    /** More than any message that an input of the usual 4,096 bytes can make. */
    private static final int ROOM = 16_384;

    private static final int GUARD = 32;

    /** Where a manifest says how many symbols rebuild a block, and which its first block is. */
    private static final int K_AT = 18;

    private static final int FIRST_BLOCK_AT = 35;

    /** A reader's step that reads 48 bits. */
    private static final byte STEP_U48 = 7 | 1 << 3;

    private final WireReader reader = new WireReader();
    private final WireWriter writer = new WireWriter();
    private final byte[] room = new byte[ROOM];

    /** Messages of every type, to start from. */
    static Stream<byte[]> messages() {
        RandomMessages messages = new RandomMessages(new SplittableRandom(1));
        WireWriter out = new WireWriter();
        return RandomMessages.TYPES.stream()
                .flatMap(type -> Stream.of(type, type))
                .map(type -> {
                    byte[] frame = new byte[ROOM];
                    MessageEncoder.encode(messages.ofType(type), out.reset(frame, 0));
                    byte[] input = Arrays.copyOfRange(frame, 2, out.length());
                    input[0] = frame[0];
                    return input;
                });
    }

    /** The first byte is the type of a frame, the others are its body. */
    @MethodSource("messages")
    @FuzzTest(maxDuration = "1m")
    void aMessageThatIsReadIsWrittenAndReadAgainTheSame(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int type = input[0] & 0xFF;
        Message message = MessageDecoder.decode(type, reader.reset(input, 1, input.length - 1));
        assertSame(decodeAmongOthers(type, input), message);
        if (message == null) {
            return;
        }
        assertThat(MessageDecoder.knows(type)).isTrue();
        byte[] frame = frame(message);
        assertThat(frame[0]).isEqualTo((byte) type);
        Message again = decodeFrame(frame);
        assertSame(again, message);
        assertThat(again == null ? null : frame(again)).isEqualTo(frame);
    }

    /** The same body in the midst of other bytes, which must not matter. */
    private @Nullable Message decodeAmongOthers(int type, byte[] input) {
        byte[] guarded = guarded(input, 1);
        return MessageDecoder.decode(type, reader.reset(guarded, GUARD, input.length - 1));
    }

    private static byte[] guarded(byte[] input, int from) {
        byte[] guarded = new byte[input.length - from + 2 * GUARD];
        Arrays.fill(guarded, (byte) 0xA5);
        System.arraycopy(input, from, guarded, GUARD, input.length - from);
        return guarded;
    }

    private byte[] frame(Message message) {
        writer.reset(room, 0);
        MessageEncoder.encode(message, writer);
        return Arrays.copyOf(room, writer.length());
    }

    private @Nullable Message decodeFrame(byte[] frame) {
        reader.reset(frame, 0, frame.length);
        int type = reader.u8();
        assertThat(reader.u16()).isEqualTo(reader.remaining());
        return MessageDecoder.decode(type, reader);
    }

    /** Manifests of several sizes, and those that are none. */
    static Stream<byte[]> manifests() {
        RandomMessages messages = new RandomMessages(new SplittableRandom(2));
        byte[] whole = text(messages.manifest(8, 3));
        byte[] withoutK = whole.clone();
        withoutK[K_AT] = 0;
        byte[] beforeTheFirst = whole.clone();
        beforeTheFirst[FIRST_BLOCK_AT] |= (byte) 0x80;
        byte[] tooMany = text(messages.manifest(1, Manifest.MAX_BLOCKS + 1));
        return Stream.of(
                whole,
                text(messages.manifest(1, 0)),
                text(messages.manifest(1, Manifest.MAX_BLOCKS)),
                text(messages.manifest(64, 2)),
                text(messages.manifest(255, 1)),
                Arrays.copyOf(whole, whole.length - 1),
                Arrays.copyOf(whole, whole.length + 9),
                Arrays.copyOf(whole, FIRST_BLOCK_AT),
                withoutK,
                beforeTheFirst,
                tooMany);
    }

    private static byte[] text(Manifest manifest) {
        WireWriter out = new WireWriter().reset(new byte[ROOM], 0);
        manifest.write(out);
        return Arrays.copyOf(out.array(), out.length());
    }

    @MethodSource("manifests")
    @FuzzTest(maxDuration = "1m")
    void aManifestThatIsReadIsWrittenAndReadAgainTheSame(byte[] input) {
        Manifest read = Manifest.read(reader.reset(guarded(input, 0), GUARD, input.length));
        assertThat(read.blocks()).hasSizeLessThanOrEqualTo(Manifest.MAX_BLOCKS);
        if (reader.failed()) {
            return;
        }
        int length = input.length - reader.remaining();
        assertThat(length + Manifest.SIGNATURE_BYTES)
                .isEqualTo(Manifest.bytes(read.k(), read.blocks().size()));
        assertThat(read.k()).isPositive();
        assertThat(read.firstBlock()).isNotNegative();
        byte[] written = new byte[length];
        read.write(writer.reset(written, 0));
        assertThat(writer.length()).isEqualTo(length);
        Manifest again = Manifest.read(reader.reset(written, 0, length));
        assertThat(reader.failed()).isFalse();
        assertSame(again, read);
    }

    @FuzzTest(maxDuration = "1m")
    void aSymbolHeaderIsReadAndWrittenTheSame(byte[] input) {
        SymbolHeader header = new SymbolHeader();
        boolean read = header.read(reader.reset(guarded(input, 0), GUARD, input.length));
        assertThat(read).isEqualTo(input.length >= SymbolHeader.BYTES);
        if (!read) {
            return;
        }
        assertThat(header.symbolBytes()).isEqualTo(input.length - SymbolHeader.BYTES);
        assertThat(reader.position()).isEqualTo(GUARD + SymbolHeader.BYTES);
        int flags = 0;
        for (int flag = 1; flag < 256; flag <<= 1) {
            flags |= header.has(flag) ? flag : 0;
        }
        int packed = SymbolHeader.pack(header.esi(), header.depth(), flags, header.hop());
        assertThat(SymbolHeader.packedEsi(packed)).isEqualTo(header.esi());
        SymbolHeader.write(
                writer.reset(room, 0),
                header.blockLow(),
                packed,
                header.blockBytes(),
                header.sourceMillisLow());
        assertThat(Arrays.copyOf(room, writer.length()))
                .isEqualTo(Arrays.copyOf(input, SymbolHeader.BYTES));
    }

    /** A step of each kind, with bytes enough and with too few. */
    static Stream<byte[]> steps() {
        byte[] enough = new byte[64];
        new SplittableRandom(3).nextBytes(enough);
        byte[] steps = {0, 1, 2, 3, 4, 5 | 7 << 3, 6 | 2 << 3, STEP_U48, 7};
        enough[0] = (byte) steps.length;
        System.arraycopy(steps, 0, enough, 1, steps.length);
        return Stream.of(enough, Arrays.copyOf(enough, 40), new byte[] {1, STEP_U48, 1, 2, 3});
    }

    /** The first byte says how many steps follow, then come the steps, then what they read. */
    @MethodSource("steps")
    @FuzzTest(maxDuration = "1m")
    void aReaderReadsAsTheJdkDoesAndNeverLeavesItsBytes(byte[] input) {
        int steps = input.length == 0 ? 0 : Math.min(input[0] & 0x3F, input.length - 1);
        int from = Math.min(input.length, 1 + steps);
        ByteBuffer expected = ByteBuffer.wrap(input, from, input.length - from);
        reader.reset(guarded(input, from), GUARD, input.length - from);
        boolean failed = false;
        for (int i = 0; i < steps; i++) {
            int step = input[1 + i];
            long wanted = 0;
            try {
                wanted = failed ? 0 : step(expected, step);
            } catch (BufferUnderflowException none) {
                failed = true;
            }
            assertThat(step(reader, step)).isEqualTo(wanted);
            assertThat(reader.failed()).isEqualTo(failed);
            assertThat(reader.remaining()).isEqualTo(failed ? 0 : expected.remaining());
        }
    }

    private static long step(ByteBuffer in, int step) {
        return switch (step & 7) {
            case 0 -> in.get() & 0xFF;
            case 1 -> in.getShort() & 0xFFFF;
            case 2 -> new BigInteger(1, bytes(in, 3)).longValueExact();
            case 3 -> in.getInt() & 0xFFFF_FFFFL;
            case 4 -> in.getLong();
            case 5 -> Arrays.hashCode(bytes(in, step >> 3 & 0x1F));
            case 6 -> 0L * bytes(in, step >> 3).length;
            default -> {
                if ((step & 8) == 0) {
                    throw new BufferUnderflowException();
                }
                yield new BigInteger(1, bytes(in, 6)).longValueExact();
            }
        };
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        if (count < 0) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static long step(WireReader in, int step) {
        switch (step & 7) {
            case 0 -> {
                return in.u8();
            }
            case 1 -> {
                return in.u16();
            }
            case 2 -> {
                return in.u24();
            }
            case 3 -> {
                return in.u32();
            }
            case 4 -> {
                return in.u64();
            }
            case 5 -> {
                byte[] bytes = new byte[step >> 3 & 0x1F];
                in.read(bytes);
                return in.failed() ? 0 : Arrays.hashCode(bytes);
            }
            case 6 -> in.skip(step >> 3);
            default -> {
                if ((step & 8) != 0) {
                    return in.u48();
                }
                in.fail();
            }
        }
        return 0;
    }
}
