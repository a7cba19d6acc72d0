// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static dev.tributary.transport.wire.SameMessage.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Manifest.Vouched;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ManifestTest {
    /** Places of the fields that a reader checks. */
    private static final int K_AT = 18;

    private static final int FLAGS_AT = 26;
    private static final int FIRST_BLOCK_AT = 35;
    private static final int COUNT_AT = 43;

    private final RandomMessages messages = new RandomMessages(new SplittableRandom(4));
    private final WireReader reader = new WireReader();

    private static byte[] text(Manifest manifest) {
        WireWriter writer = new WireWriter().reset(new byte[8_192], 0);
        manifest.write(writer);
        return Arrays.copyOf(writer.array(), writer.length());
    }

    private static Manifest of(long millis, Vouched... blocks) {
        return new Manifest(
                0x0102_0304_0506_0708L,
                0x1112_1314L,
                millis,
                2,
                6,
                1_152,
                2_000_000,
                true,
                true,
                0x2122_2324_2526_2728L,
                0x31,
                List.of(blocks));
    }

    @Test
    void aManifestHasTheBytesOfItsTable() {
        long millis = 0x4142_4344_4546L;
        long[] symbols = {0x5152_5354_5556L, 0xF1F2_F3F4_F5F6L};
        Manifest manifest = of(
                millis,
                new Vouched(2_304, millis - 258, true, 0x61L, -2, symbols),
                new Vouched(1, millis, false, 0, 0, new long[2]));
        assertThat(HexFormat.of().formatHex(text(manifest)))
                .isEqualTo(String.join(
                        "",
                        "0102030405060708" + "11121314" + "414243444546",
                        "02" + "06" + "0480" + "001e8480" + "03",
                        "2122232425262728" + "0000000000000031" + "02",
                        "01" + "000900" + "0102",
                        "0000000000000061" + "fffffffffffffffe",
                        "515253545556" + "f1f2f3f4f5f6",
                        "00" + "000001" + "0000",
                        "00".repeat(16 + 12)));
    }

    @Test
    void aManifestComesBackAsItWasWritten() {
        for (int k = 1; k <= 64; k++) {
            for (int blocks : new int[] {0, 1, Manifest.capacity(k)}) {
                Manifest manifest = messages.manifest(k, blocks);
                byte[] text = text(manifest);
                assertSame(Manifest.read(reader.reset(text, 0, text.length)), manifest);
                assertThat(reader.failed()).isFalse();
                assertThat(reader.remaining()).isZero();
            }
        }
    }

    @Test
    void aManifestCutAnywhereIsNone() {
        byte[] text = text(messages.manifest(4, 3));
        for (int bytes = 0; bytes < text.length; bytes++) {
            Manifest.read(reader.reset(text, 0, bytes));
            assertThat(reader.failed()).isTrue();
        }
    }

    @Test
    void withoutAnySymbolsWithTooManyBlocksBeforeTheFirstOrWithUnknownFlagsItIsNone() {
        assertFails(K_AT, 0);
        assertFails(COUNT_AT, Manifest.MAX_BLOCKS + 1);
        assertFails(COUNT_AT, 255);
        assertFails(FIRST_BLOCK_AT, 0x80);
        assertFails(FLAGS_AT, 4);
    }

    private void assertFails(int at, int value) {
        byte[] text = text(messages.manifest(1, 1));
        byte[] longer = Arrays.copyOf(text, 8_192);
        Manifest.read(reader.reset(longer, 0, longer.length));
        assertThat(reader.failed()).isFalse();
        longer[at] = (byte) value;
        Manifest.read(reader.reset(longer, 0, longer.length));
        assertThat(reader.failed()).isTrue();
    }

    @Test
    void aBlockOlderThanItsFieldCanSayIsAsOldAsItCan() {
        Manifest manifest = of(
                200_000,
                new Vouched(1, 100_000, false, 0, 0, new long[2]),
                new Vouched(1, 200_001, false, 0, 0, new long[2]));
        byte[] text = text(manifest);
        List<Vouched> read = Manifest.read(reader.reset(text, 0, text.length)).blocks();
        assertThat(read).extracting(Vouched::millis).containsExactly(200_000L - 65_535, 200_000L);
    }
}
