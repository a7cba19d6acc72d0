// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Playout;
import java.util.Map;
import java.util.TreeMap;

/** Takes what one viewer plays: checks its order and each byte, and keeps count. */
final class Player {
    private static final long UNKNOWN = SyntheticMedia.UNKNOWN;

    private final int node;
    private final Sent sent;
    private final Verdicts verdicts;
    private final Lags lags;
    private final Map<String, Long> gapCauses = new TreeMap<>();
    private long nextBlock = -1;
    private long nextPosition = UNKNOWN;
    private long firstBlock = -1;
    private long firstPlayedNanos = -1;
    private long blocks;
    private long bytes;
    private long gapBlocks;
    private long maxLagNanos;
    private boolean ended;

    Player(int node, Sent sent, Verdicts verdicts, Lags lags) {
        this.node = node;
        this.sent = sent;
        this.verdicts = verdicts;
        this.lags = lags;
    }

    void onPlayout(long now, Playout item) {
        if (ended) {
            verdicts.broken(node, "played after the end: " + item);
        }
        switch (item) {
            case Playout.Media media -> onMedia(now, media);
            case Playout.Gap gap -> onGap(gap);
            case Playout.End end -> onEnd(end);
        }
    }

    long firstBlock() {
        return firstBlock;
    }

    /** Virtual time of the first block's playout, -1 before it. */
    long firstPlayedNanos() {
        return firstPlayedNanos;
    }

    long blocks() {
        return blocks;
    }

    long bytes() {
        return bytes;
    }

    long gapBlocks() {
        return gapBlocks;
    }

    long maxLagNanos() {
        return maxLagNanos;
    }

    boolean ended() {
        return ended;
    }

    Map<String, Long> gapCauses() {
        return gapCauses;
    }

    private void onMedia(long now, Playout.Media media) {
        if (nextBlock >= 0 && media.block() != nextBlock) {
            verdicts.broken(node, "block " + media.block() + " played instead of " + nextBlock);
        }
        if (firstBlock < 0) {
            firstBlock = media.block();
            firstPlayedNanos = now;
        }
        verify(media);
        blocks++;
        bytes += media.length();
        nextBlock = media.block() + 1;
        if (nextPosition != UNKNOWN) {
            long lag = now - sent.writtenNanos(nextPosition);
            maxLagNanos = Math.max(maxLagNanos, lag);
            lags.add(lag);
        }
    }

    private void verify(Playout.Media media) {
        long start = nextPosition != UNKNOWN ? nextPosition : sent.start(media.block());
        if (start == UNKNOWN) {
            start = SyntheticMedia.locate(media.bytes(), 0, media.length());
        }
        if (start == UNKNOWN || !SyntheticMedia.matches(start, media.bytes(), 0, media.length())) {
            if (media.length() >= 15 || start != UNKNOWN) {
                verdicts.broken(node, "block " + media.block() + " differs from what was sent");
            }
            nextPosition = UNKNOWN;
            return;
        }
        nextPosition = start + media.length();
        if (nextPosition > sent.bytes()) {
            verdicts.broken(node, "block " + media.block() + " holds more than was written");
        }
        if (!sent.agrees(media.block(), start, media.length())) {
            verdicts.broken(node, "block " + media.block() + " is another one elsewhere");
        }
    }

    private void onGap(Playout.Gap gap) {
        boolean elsewhere = nextBlock >= 0 && gap.firstBlock() != nextBlock;
        if (elsewhere || gap.blocks() <= 0) {
            verdicts.broken(node, gap + " instead of block " + nextBlock);
        }
        gapBlocks += gap.blocks();
        gapCauses.merge(gap.cause(), gap.blocks(), Long::sum);
        nextBlock = gap.firstBlock() + gap.blocks();
        nextPosition = UNKNOWN;
    }

    private void onEnd(Playout.End end) {
        ended = true;
        if (nextPosition != UNKNOWN && nextPosition != sent.bytes()) {
            verdicts.broken(node, end + " at byte " + nextPosition + " of " + sent.bytes());
        }
    }
}
