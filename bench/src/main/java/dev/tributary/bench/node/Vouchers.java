// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.core.Digests;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Manifest.Vouched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The source's manifests, signed before they are needed: the figures are those of a viewer. */
final class Vouchers {
    /** What a source of 2 Mbit/s puts into one. */
    static final int BLOCKS = 4;

    /** More than a timed iteration takes. */
    private static final int AHEAD = 8_000;

    private final byte[] block;
    private final long firstAt;
    private final Digests digests = new Digests();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private long sequence;

    /** For a stream of always this block, the first of them at this time. */
    Vouchers(byte[] block, long firstAt) {
        this.block = block;
        this.firstAt = firstAt;
    }

    void prepare() {
        while (ahead.size() < AHEAD) {
            ahead.add(make());
        }
    }

    byte[] next() {
        byte[] made = ahead.poll();
        return made == null ? make() : made;
    }

    private byte[] make() {
        long first = sequence * BLOCKS;
        List<Vouched> blocks = new ArrayList<>(BLOCKS);
        for (long number = first; number < first + BLOCKS; number++) {
            digests.ofBlock(LiveNode.ORIGIN.epochMillis(), number, block, block.length);
            // Nobody lies here, so the digests of single symbols are not looked at.
            long[] symbols = new long[LiveNode.K];
            blocks.add(new Vouched(
                    block.length, millis(number), false, digests.high(), digests.low(), symbols));
        }
        Manifest manifest = new Manifest(
                LiveNode.ORIGIN.epochMillis(),
                sequence++,
                millis(first + BLOCKS - 1),
                LiveNode.K,
                LiveNode.N,
                LiveNode.SYMBOL_BYTES,
                LiveNode.SPEC.bitsPerSecond(),
                false,
                false,
                0,
                first,
                blocks);
        return LiveNode.ORIGIN.sign(LiveNode.SPEC, manifest);
    }

    private long millis(long number) {
        return LiveNode.sourceMillis(LiveNode.blockAt(firstAt, number));
    }
}
