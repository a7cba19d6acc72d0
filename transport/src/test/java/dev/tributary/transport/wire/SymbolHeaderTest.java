// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SymbolHeaderTest {
    private final SymbolHeader header = new SymbolHeader();
    private final WireReader reader = new WireReader();

    @Test
    void theHeaderIsReadInPlaceAndTheSymbolRemains() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] bytes = new byte[1_400];
        for (int i = 0; i < 10_000; i++) {
            long block = random.nextLong(1L << 40);
            int esi = random.nextInt(255);
            int depth = random.nextInt(256);
            int flags = random.nextInt(16);
            int hop = random.nextInt(256);
            int blockBytes = random.nextInt(1 << 24);
            long millis = random.nextLong(1L << 40);
            int symbol = random.nextInt(1_200);
            WireWriter writer = new WireWriter().reset(bytes, 12);
            SymbolHeader.write(
                    writer, block, SymbolHeader.pack(esi, depth, flags, hop), blockBytes, millis);
            assertThat(writer.length()).isEqualTo(SymbolHeader.BYTES);

            assertThat(header.read(reader.reset(bytes, 12, SymbolHeader.BYTES + symbol)))
                    .isTrue();
            assertThat(header.blockLow()).isEqualTo(block & 0xFFFF_FFFFL);
            assertThat(header.esi()).isEqualTo(esi);
            assertThat(header.depth()).isEqualTo(depth);
            assertThat(header.hop()).isEqualTo(hop);
            assertThat(header.has(SymbolHeader.JOIN_POINT)).isEqualTo((flags & 1) != 0);
            assertThat(header.has(SymbolHeader.REPAIRED)).isEqualTo((flags & 2) != 0);
            assertThat(header.has(SymbolHeader.BACKFILL)).isEqualTo((flags & 4) != 0);
            assertThat(header.has(SymbolHeader.CHECKED)).isEqualTo((flags & 8) != 0);
            assertThat(header.blockBytes()).isEqualTo(blockBytes);
            assertThat(header.sourceMillisLow()).isEqualTo(millis & 0xFFFF_FFFFL);
            assertThat(header.symbolBytes()).isEqualTo(symbol);
            assertThat(reader.position()).isEqualTo(12 + SymbolHeader.BYTES);
        }
    }

    @Test
    void aHeaderCutShortIsRefused() {
        for (int bytes = 0; bytes < SymbolHeader.BYTES; bytes++) {
            assertThat(header.read(reader.reset(new byte[20], 0, bytes))).isFalse();
        }
    }

    @Test
    void aDepthBeyondTheFieldIsTheLargestDepth() {
        assertThat(SymbolHeader.pack(1, 1_000, 0, 0)).isEqualTo((1 << 24) | (255 << 16));
    }
}
