// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One block in the window: the symbols that have arrived, or all of its bytes. */
final class Block {
    final long number;
    final int[] esis;
    private final byte[] slotOf;
    private boolean described;
    private boolean complete;
    private boolean joinPoint;
    private int bytes;
    private int symbolBytes;
    private long millis;
    private int have;
    private byte @Nullable [] symbols;
    private byte @Nullable [] data;
    private @Nullable BuiltSymbols built;

    /** ESIs whose symbols were lost on their last hop: nobody will bring them unasked. */
    final BitSet lost = new BitSet();

    /** Blocks' own record of repairs: when the next request for it may go out. */
    long repairAt;

    int repairsOpen;
    int repairTries;

    Block(long number, int k, int n) {
        this.number = number;
        esis = new int[k];
        slotOf = new byte[n];
    }

    /** What every symbol's header says of its block. */
    void describe(int blockBytes, long sourceMillis, boolean join) {
        described = true;
        bytes = blockBytes;
        millis = sourceMillis;
        joinPoint = join;
        symbolBytes = Math.max(1, (blockBytes + esis.length - 1) / esis.length);
    }

    boolean agrees(int blockBytes, long sourceMillis) {
        return !described || (bytes == blockBytes && millis == sourceMillis);
    }

    /** Copies a symbol in; {@code pool} is used when it is the first. */
    void add(int esi, byte[] from, int offset, BytePool pool) {
        byte[] into = symbols;
        if (into == null) {
            into = pool.take();
            symbols = into;
        }
        System.arraycopy(from, offset, into, have * symbolBytes, symbolBytes);
        esis[have] = esi;
        have++;
        slotOf[esi] = (byte) have;
    }

    /** The block is whole; {@code whole} stays with it until it is evicted. */
    void complete(byte[] whole, BytePool pool) {
        data = whole;
        complete = true;
        have = esis.length;
        if (symbols != null) {
            pool.give(symbols);
            symbols = null;
        }
    }

    /** Gives all arrays back. */
    void evict(BytePool pool) {
        if (symbols != null) {
            pool.give(symbols);
            symbols = null;
        }
        if (data != null) {
            pool.give(data);
            data = null;
        }
        built = null;
        complete = false;
    }

    boolean has(int esi) {
        return slotOf[esi] != 0;
    }

    /** Whether the symbol can be sent now: all can, of a complete block. */
    boolean canGive(int esi) {
        return complete || slotOf[esi] != 0;
    }

    /** Copies a symbol that arrived out of a block that is not complete. */
    void copyArrived(int esi, byte[] to, int offset) {
        System.arraycopy(symbols(), (slotOf[esi] - 1) * symbolBytes, to, offset, symbolBytes);
    }

    byte @Nullable [] built(int esi) {
        return built == null ? null : built.find(esi);
    }

    void keepBuilt(int esi, byte[] symbol) {
        if (built == null) {
            built = new BuiltSymbols();
        }
        built.add(esi, Arrays.copyOf(symbol, symbolBytes));
    }

    byte[] symbols() {
        if (symbols == null) {
            throw new IllegalStateException("block " + number + " holds no symbols");
        }
        return symbols;
    }

    byte[] data() {
        if (data == null) {
            throw new IllegalStateException("block " + number + " is not complete");
        }
        return data;
    }

    boolean described() {
        return described;
    }

    boolean isComplete() {
        return complete;
    }

    boolean joinPoint() {
        return joinPoint;
    }

    int bytes() {
        return bytes;
    }

    int symbolBytes() {
        return symbolBytes;
    }

    long millis() {
        return millis;
    }

    int have() {
        return have;
    }
}
