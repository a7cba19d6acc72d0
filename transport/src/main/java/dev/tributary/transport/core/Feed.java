// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.codec.Segmenter;

/** The source's way in: bytes to blocks. */
final class Feed {
    /** A block is closed so long after its first byte, full or not. */
    private static final long LONGEST_BLOCK_NANOS = 100_000_000;

    private final StreamNode stream;
    private final Segmenter segmenter;
    private final Origin origin;
    private final ManifestMaker manifests;
    private final byte[] block;
    private final long startedAt;
    private long nextBlock;
    private long firstByteAt;
    private boolean marked;
    private boolean atBoundary = true;
    private boolean join = true;
    private boolean ended;

    Feed(StreamNode stream, Origin origin, long now) {
        this.stream = stream;
        this.origin = origin;
        StreamSpec spec = stream.spec();
        segmenter = new Segmenter(spec.k(), spec.symbolBytes(), origin.alignment());
        block = new byte[spec.blockBytes()];
        startedAt = now;
        stream.clock.start(now);
        manifests = new ManifestMaker(stream, origin, now);
    }

    void write(long now, byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (segmenter.size() == 0) {
                firstByteAt = now;
            }
            done += segmenter.append(bytes, offset + done, length - done);
            if (segmenter.full()) {
                close(now);
            }
        }
    }

    /** The next byte starts a block. */
    void boundary(long now) {
        // What this closes was opened by no mark, so the first mark must not make it a join point.
        marked = true;
        close(now);
        atBoundary = true;
    }

    /** A player may start at the block that the last boundary opened, if that is still open. */
    void joinPoint() {
        marked = true;
        join |= atBoundary;
    }

    long deadline() {
        long close = segmenter.size() == 0 ? Long.MAX_VALUE : firstByteAt + LONGEST_BLOCK_NANOS;
        return ended ? Long.MAX_VALUE : Math.min(close, manifests.deadline());
    }

    void onDeadline(long now) {
        if (segmenter.size() > 0 && now >= firstByteAt + LONGEST_BLOCK_NANOS) {
            close(now);
        }
        if (!ended) {
            manifests.onDeadline(now);
        }
    }

    /** Closes the last block; returns how many there are. */
    long end(long now) {
        close(now);
        manifests.sign(now);
        ended = true;
        return nextBlock;
    }

    private void close(long now) {
        if (segmenter.size() == 0) {
            return;
        }
        int bytes = segmenter.close(block);
        long millis = (now - startedAt) / 1_000_000;
        stream.content.close(origin, nextBlock, millis, block, bytes);
        // A stream whose maker sets no marks can be joined anywhere.
        Block made = stream.blocks.put(nextBlock, block, bytes, millis, join || !marked);
        nextBlock++;
        join = false;
        atBoundary = false;
        manifests.onBlock(now, made);
        stream.counters.add(Counter.BLOCKS_COMPLETE);
        stream.receivers.onComplete(now, made);
    }
}
