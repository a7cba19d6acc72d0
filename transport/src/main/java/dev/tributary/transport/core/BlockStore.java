// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.codec.Decoder;
import dev.tributary.codec.ErasureCode;
import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window of newest blocks, in number order: what arrives, what is whole, what can be served.
 */
final class BlockStore {
    /** Longest time between the closings of two blocks while the source has data. */
    private static final long LONGEST_BLOCK_NANOS = 100_000_000;

    /** Join points a second that close blocks early: PATs twice a second and keyframes. */
    private static final int EARLY_CLOSINGS = 4;

    /** More than this a node does not keep for one stream. */
    private static final long MAX_BYTES = 64L << 20;

    /** The least distance between the join points that a newcomer is told of. */
    private static final long JOINS_APART_MILLIS = 250;

    private final StreamSpec spec;
    private final ErasureCode code;
    private final Decoder decoder;
    private final BytePool pool;
    private final @Nullable Block[] ring;
    private final byte[] scratch;
    private long newest = -1;
    private long newestComplete = -1;
    private long oldest;
    private long described = -1;
    private long describedMillis;
    private long builtCount;

    BlockStore(StreamSpec spec) {
        this.spec = spec;
        code = new ErasureCode(spec.k(), spec.n());
        decoder = code.decoder();
        pool = new BytePool(spec.blockBytes());
        scratch = new byte[spec.symbolBytes()];
        ring = new Block[ringSize(spec)];
    }

    private static int ringSize(StreamSpec spec) {
        long wanted = Math.max(64, mostIn(spec, 2 * spec.delayNanos() + 2_000_000_000L));
        return (int) Math.min(wanted, Math.max(64, MAX_BYTES / spec.blockBytes()));
    }

    /** Blocks that the source makes in such a time at most. */
    private static long mostIn(StreamSpec spec, long nanos) {
        double perSecond = 1e9 / Math.min(spec.blockNanos(), LONGEST_BLOCK_NANOS) + EARLY_CLOSINGS;
        return (long) Math.ceil(perSecond * nanos / 1e9);
    }

    /** Newest block that anybody has spoken of, -1 for none. */
    long newest() {
        return newest;
    }

    /** Newest complete block, -1 for none. */
    long newestComplete() {
        return newestComplete;
    }

    /** Oldest block of the window. */
    long oldest() {
        return oldest;
    }

    int window() {
        return ring.length;
    }

    /** The block, null when it is not in the window or nothing of it has come. */
    @Nullable
    Block find(long number) {
        if (number < oldest || number > newest || number < 0) {
            return null;
        }
        Block block = ring[(int) (number % ring.length)];
        return block != null && block.number == number ? block : null;
    }

    /**
     * Whether a block of that number may enter now: one far ahead only after a silence in which the
     * stream can have gone on so far, or a cut-off node would never find back.
     */
    boolean accepts(long number, long silentNanos) {
        long ahead = ring.length / 2 + mostIn(spec, silentNanos);
        return number >= oldest && (newest < 0 || number <= newest + ahead);
    }

    /** The block, made when it is not there; the window moves up when it is the newest. */
    Block open(long number) {
        if (newest < 0) {
            oldest = Math.max(oldest, number - ring.length + 1);
        }
        if (number > newest) {
            newest = number;
            long first = Math.max(oldest, number - ring.length + 1);
            for (long b = oldest; b < first; b++) {
                evict(b);
            }
            oldest = first;
        }
        int place = (int) (number % ring.length);
        Block block = ring[place];
        if (block == null || block.number != number) {
            if (block != null) {
                block.evict(pool);
            }
            block = new Block(number, spec.k(), spec.n());
            ring[place] = block;
        }
        return block;
    }

    /** Older blocks will not be wanted, though none has come yet. */
    void startAt(long number) {
        if (newest < 0) {
            oldest = Math.max(0, number);
        }
    }

    private void evict(long number) {
        int place = (int) (number % ring.length);
        Block block = ring[place];
        if (block != null && block.number == number) {
            block.evict(pool);
            ring[place] = null;
        }
    }

    void add(Block block, int esi, byte[] from, int offset) {
        block.add(esi, from, offset, pool);
        noteTime(block);
    }

    /** Rebuilds the block from its K symbols; whether they are the source's is not known here. */
    void decode(Block block) {
        byte[] data = pool.take();
        decoder.decode(block.esis, block.symbols(), block.symbolBytes(), data);
        block.whole(data);
    }

    /** The block's bytes have proved to be the source's. */
    void prove(Block block) {
        finish(block, block.data());
    }

    /** The block's symbols become evidence, and are to be had anew. */
    Evidence spoil(Block block) {
        return block.spoil(pool);
    }

    void dropEvidence(Block block) {
        block.dropEvidence(pool);
    }

    /** Whether these bytes are that symbol of a complete block. */
    boolean isRight(Block block, int esi, byte[] symbols, int offset) {
        int size = block.symbolBytes();
        byte[] right = new byte[size];
        copySymbol(block, esi, right, 0);
        return Arrays.equals(right, 0, size, symbols, offset, offset + size);
    }

    /** The source's way in: a whole block, zero-padded. */
    Block put(long number, byte[] whole, int bytes, long millis, boolean join) {
        Block block = open(number);
        block.describe(bytes, millis, join);
        byte[] data = pool.take();
        System.arraycopy(whole, 0, data, 0, block.symbolBytes() * spec.k());
        noteTime(block);
        finish(block, data);
        return block;
    }

    private void finish(Block block, byte[] data) {
        block.complete(data, pool);
        newestComplete = Math.max(newestComplete, block.number);
    }

    private void noteTime(Block block) {
        if (block.number > described) {
            described = block.number;
            describedMillis = block.millis();
        }
    }

    /**
     * Copies one symbol out; an ESI that has to be built is built once a block, however many take
     * it.
     *
     * @return false when neither the block nor the symbol is here
     */
    boolean copySymbol(Block block, int esi, byte[] to, int offset) {
        if (!block.isComplete()) {
            if (!block.has(esi)) {
                return false;
            }
            block.copyArrived(esi, to, offset);
            return true;
        }
        if (esi < spec.k()) {
            System.arraycopy(
                    block.data(), esi * block.symbolBytes(), to, offset, block.symbolBytes());
            return true;
        }
        byte[] symbol = block.built(esi);
        if (symbol == null) {
            code.encode(esi, block.data(), block.symbolBytes(), scratch, 0);
            block.keepBuilt(esi, scratch);
            builtCount++;
            symbol = scratch;
        }
        System.arraycopy(symbol, 0, to, offset, block.symbolBytes());
        return true;
    }

    /** Symbols computed here so far. */
    long builtCount() {
        return builtCount;
    }

    /** The source time of a block, reckoned from its neighbours where nothing of it has come. */
    long millis(long number) {
        long nanos = spec.blockNanos();
        for (long b = number; b >= Math.max(oldest, number - 16); b--) {
            Block block = find(b);
            if (block != null && block.described()) {
                return block.millis() + (number - b) * nanos / 1_000_000;
            }
        }
        return describedMillis + (number - described) * nanos / 1_000_000;
    }

    /** The newest join points of which the blocks are here, oldest of them first. */
    List<Join> joins() {
        List<Join> joins = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (long b = newestComplete; b >= oldest && joins.size() < Wire.MAX_JOINS; b--) {
            Block block = find(b);
            if (block != null
                    && block.isComplete()
                    && block.joinPoint()
                    && block.millis() <= before) {
                joins.add(0, new Join(b, block.millis()));
                before = block.millis() - JOINS_APART_MILLIS;
            }
        }
        return joins;
    }
}
