// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.Kernels;
import dev.tributary.codec.kernel.Kernel;
import dev.tributary.codec.kernel.Rows;
import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Wire;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockStoreTest {
    private final SmallNet net = SmallNet.usual(1);
    private final StreamSpec spec = net.spec;
    private final BlockStore store = new BlockStore(spec);
    private final byte[] whole = new byte[spec.blockBytes()];

    private Block put(long number) {
        return put(number, spec.blockBytes(), false);
    }

    private Block put(long number, int bytes, boolean join) {
        net.random.nextBytes(whole);
        Arrays.fill(whole, bytes, whole.length, (byte) 0);
        return store.put(number, whole, bytes, number * 37, join);
    }

    @Test
    void theWindowIsBoundedAndHoldsTheNewestBlocks() {
        for (long number = 0; number < 5_000; number++) {
            put(number);
        }
        assertThat(store.newest()).isEqualTo(4_999);
        assertThat(store.oldest()).isEqualTo(5_000 - store.window());
        assertThat(store.find(store.oldest() - 1)).isNull();
        assertThat(store.find(store.oldest())).isNotNull();
        assertThat(store.find(5_000)).isNull();
        assertThat(store.find(-1)).isNull();
    }

    @Test
    void theWindowHoldsTwiceTheTargetDelay() {
        assertThat(store.window() * spec.blockNanos())
                .isGreaterThanOrEqualTo(2 * spec.delayNanos());
    }

    @Test
    void theLargestStreamKeepsNoMoreThanItsBytes() {
        StreamSpec most = new StreamSpec(
                spec.id(), spec.key(), 64, 255, 1_200, 1_000_000_000, 60 * SECOND, false, false);
        long bytes = (long) new BlockStore(most).window() * most.blockBytes();
        assertThat(bytes).isLessThanOrEqualTo(64L << 20);
    }

    @Test
    void aBlockFarAheadOfAllOthersMayNotEnter() {
        put(100);
        assertThat(store.accepts(100 + store.window() / 2, 0)).isTrue();
        assertThat(store.accepts(101 + store.window() / 2, 0)).isFalse();
        assertThat(store.accepts(store.oldest() - 1, 0)).isFalse();
    }

    @Test
    void aSkipForwardLetsGoOfWhatFellOut() {
        for (long number = 0; number < 50; number++) {
            put(number);
        }
        put(49 + store.window() / 2);
        put(49 + store.window());
        assertThat(store.oldest()).isEqualTo(50);
        for (long number = 0; number < 50; number++) {
            assertThat(store.find(number)).isNull();
        }
        assertThat(store.find(60)).isNull();
    }

    @Test
    void aRepairSymbolIsBuiltOnceABlockHoweverManyTakeIt() {
        byte[] to = new byte[spec.symbolBytes()];
        byte[] expected = new byte[spec.symbolBytes()];
        ErasureCode code = new ErasureCode(spec.k(), spec.n());
        long built = 0;
        for (long number = 0; number < 10; number++) {
            Block block = put(number);
            for (int time = 0; time < 3; time++) {
                for (int esi = 0; esi < spec.n(); esi++) {
                    assertThat(store.copySymbol(block, esi, to, 0)).isTrue();
                    code.encode(esi, whole, block.symbolBytes(), expected, 0);
                    assertThat(to).isEqualTo(expected);
                }
            }
            built += spec.n() - spec.k();
            assertThat(store.builtCount()).isEqualTo(built);
        }
    }

    @Test
    void anyKSymbolsRebuildTheBlock() {
        Block made = put(0);
        byte[][] symbols = new byte[spec.n()][spec.symbolBytes()];
        for (int esi = 0; esi < spec.n(); esi++) {
            store.copySymbol(made, esi, symbols[esi], 0);
        }
        for (int first = 0; first + spec.k() <= spec.n(); first++) {
            BlockStore other = new BlockStore(spec);
            Block block = other.open(0);
            block.describe(spec.blockBytes(), 0, false);
            for (int esi = first; esi < first + spec.k(); esi++) {
                assertThat(block.isComplete()).isFalse();
                other.add(block, esi, symbols[esi], 0);
            }
            other.decode(block);
            assertThat(block.data()).isEqualTo(made.data());
        }
    }

    @Test
    void beforeABlockIsWholeOnlyWhatArrivedCanBeGiven() {
        Block made = put(0);
        byte[] symbol = new byte[spec.symbolBytes()];
        store.copySymbol(made, 5, symbol, 0);
        BlockStore other = new BlockStore(spec);
        Block block = other.open(0);
        block.describe(spec.blockBytes(), 0, false);
        other.add(block, 5, symbol, 0);
        byte[] to = new byte[spec.symbolBytes()];
        assertThat(block.canGive(5)).isTrue();
        assertThat(other.copySymbol(block, 5, to, 0)).isTrue();
        assertThat(to).isEqualTo(symbol);
        assertThat(block.canGive(0)).isFalse();
        assertThat(other.copySymbol(block, 0, to, 0)).isFalse();
    }

    @Test
    void blockNumbersGoOnBeyond32Bits() {
        long wrap = 1L << 32;
        for (long number = wrap - 40; number < wrap + 40; number++) {
            put(number);
            assertThat(Wire.widen(number & 0xFFFF_FFFFL, store.newest())).isEqualTo(number);
        }
        assertThat(store.newest()).isEqualTo(wrap + 39);
        assertThat(store.find(wrap - 1)).isNotNull();
        assertThat(store.find(39)).isNull();
        assertThat(store.millis(wrap)).isEqualTo(wrap * 37);
    }

    @Test
    void joinPointsAreToldOldestFirstAndNotTooCloseTogether() {
        for (long number = 0; number < 100; number++) {
            put(number, spec.blockBytes(), number % 3 == 0);
        }
        List<Join> joins = store.joins();
        assertThat(joins).hasSizeBetween(2, 16);
        assertThat(joins.get(joins.size() - 1)).isEqualTo(new Join(99, 99 * 37));
        for (int i = 1; i < joins.size(); i++) {
            assertThat(joins.get(i).sourceMillis() - joins.get(i - 1).sourceMillis())
                    .isGreaterThanOrEqualTo(250);
        }
    }

    @Test
    void behindItsBytesAWholeBlockHasZerosToTheEndOfItsLastSymbol() {
        Block block = new Block(0, 4, 12);
        block.describe(10, 0, false);
        byte[] whole = new byte[16];
        block.whole(whole);
        Arrays.fill(whole, 0, 10, (byte) 7);
        whole[12] = 7; // of no symbol
        assertThat(block.padded(4)).isTrue();
        whole[11] = 7;
        assertThat(block.padded(4)).isFalse();
    }

    @Test
    void symbolsAreBuiltByTheKernelThatIsChosenThen() {
        Block first = put(0);
        byte[] symbol = new byte[spec.symbolBytes()];
        CountedKernel chosen = new CountedKernel(Kernels.scalar());
        Kernel before = Kernels.chosen();
        Kernels.override(chosen);
        try {
            store.copySymbol(first, spec.k(), symbol, 0);
        } finally {
            Kernels.override(before);
        }
        assertThat(chosen.calls).isEqualTo(1);
        store.copySymbol(first, spec.k() + 1, symbol, 0);
        assertThat(chosen.calls).isEqualTo(1);
    }

    /** Does what another kernel does, and counts. */
    private static final class CountedKernel implements Kernel {
        private final Kernel kernel;
        private int calls;

        CountedKernel(Kernel kernel) {
            this.kernel = kernel;
        }

        @Override
        public String name() {
            return "counted";
        }

        @Override
        public void dot(byte[] row, byte[] inputs, int symbolBytes, byte[] out, int outOffset) {
            calls++;
            kernel.dot(row, inputs, symbolBytes, out, outOffset);
        }

        @Override
        public void multiply(Rows rows, byte[] inputs, int symbolBytes, byte[] out) {
            calls++;
            kernel.multiply(rows, inputs, symbolBytes, out);
        }

        @Override
        public void accumulate(
                byte[] coefficients, byte[] input, int inputOffset, int symbolBytes, byte[] sums) {
            calls++;
            kernel.accumulate(coefficients, input, inputOffset, symbolBytes, sums);
        }
    }
}
