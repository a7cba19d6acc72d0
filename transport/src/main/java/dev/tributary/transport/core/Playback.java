// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.Join;
import dev.tributary.transport.wire.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a viewer starts, and the handing out of blocks in order, each at its time. */
final class Playback {
    /** Blocks that must be whole in a row before the first is handed out. */
    private static final long RUN_NANOS = 400_000_000;

    /** So many nodes that have the past will not all be too busy to give it. */
    private static final int ENOUGH_HOLDERS = 3;

    /** Part of the past that must have come before it is begun where several nodes have it. */
    private static final double SHARED_PAST_SHARE = 0.25;

    /** From a single node so much of the past must have come: it may soon have others to serve. */
    private static final double PAST_SHARE = 0.5;

    /** The past is asked for with urgency from so long before its real time on. */
    private static final long URGENT_NANOS = 300_000_000;

    /**
     * The end is known but blocks before it never became known: so long after their time it is
     * over.
     */
    private static final long TAIL_NANOS = 1_000_000_000L;

    private final StreamNode stream;
    private final long delayNanos;
    private long wantedFrom = -1;
    private boolean located;
    private long locatedAt;
    private long locatedMillis;
    private long firstLive = -1;
    private boolean started;
    private boolean over;
    private long startedAt;
    private long startMillis;
    private long backlogEnd = -1;
    private long next;
    private long gapFrom = -1;
    private boolean locked;
    private long checkAt = Long.MIN_VALUE;

    Playback(StreamNode stream) {
        this.stream = stream;
        delayNanos = stream.spec().delayNanos();
    }

    /**
     * A node told how far the stream is. The newest join point that the target delay has passed is
     * where to start: its blocks are handed out at once, so that the picture does not wait.
     */
    void locate(long now, Status status, List<Join> joins) {
        if (located || firstLive >= 0 || !status.has(Status.FLAG_STARTED)) {
            return;
        }
        located = true;
        locatedAt = now;
        long playMillis = status.sourceMillis() - delayNanos / 1_000_000;
        locatedMillis = playMillis;
        Join best = null;
        for (Join join : joins) {
            boolean passed = join.sourceMillis() <= playMillis;
            if (best == null || (passed && join.sourceMillis() > best.sourceMillis())) {
                best = join;
            }
        }
        if (best != null) {
            wantedFrom = best.block();
            locatedMillis = best.sourceMillis();
        } else {
            long back = delayNanos / stream.spec().blockNanos();
            wantedFrom = Math.max(status.tail(), status.head() - back);
        }
        backlogEnd = stream.widen(status.head());
        stream.blocks.startAt(wantedFrom);
    }

    /** First block worth asking for, -1 while nothing is known. */
    long firstWanted() {
        if (!started) {
            return wantedFrom;
        }
        long first = next;
        while (first <= stream.blocks.newest()) {
            Block block = stream.blocks.find(first);
            if (block == null || !block.isWhole()) {
                return first;
            }
            first++;
        }
        return first;
    }

    /** First block that may be worth a repair. */
    long firstNeeded() {
        return started ? next : Math.max(0, wantedFrom);
    }

    /** What a newcomer lacks of the past, and not at once: spare capacity may bring it. */
    boolean backlog(long now, long block) {
        if (started) {
            long calm = URGENT_NANOS + startSlackNanos();
            return block <= backlogEnd && lastChance(block, dueNanos(block)) - now > calm;
        }
        return firstLive < 0 || block < firstLive;
    }

    void onLive(long block) {
        if (firstLive < 0) {
            firstLive = block;
            backlogEnd = Math.max(backlogEnd, block);
        }
    }

    void onComplete(Block block) {
        if (started && block.number < next) {
            stream.counters.add(Counter.BLOCKS_LATE);
        } else {
            checkAt = Long.MIN_VALUE;
        }
    }

    void soon() {
        checkAt = Long.MIN_VALUE;
    }

    long deadline() {
        return checkAt;
    }

    boolean isStarted() {
        return started;
    }

    boolean isOver() {
        return over;
    }

    long startedAt() {
        return startedAt;
    }

    void onDeadline(long now) {
        if (now < checkAt || over) {
            return;
        }
        checkAt = Long.MAX_VALUE;
        if (!started) {
            start(now);
        }
        while (started && !over && step(now)) {}
        if (!over) {
            finish(now);
        }
    }

    private long dueNanos(long block) {
        return stream.clock.arrivalNanos(stream.blocks.millis(block)) + delayNanos;
    }

    /**
     * Starts at the newest join point that the target delay has passed; where the machine stalled
     * then, what has become due since is handed out at once, and nothing of it is left out.
     */
    private void start(long now) {
        BlockStore blocks = stream.blocks;
        boolean anywhere = !joinsKnown();
        Block best = null;
        for (long b = Math.max(wantedFrom, blocks.oldest()); b <= blocks.newest(); b++) {
            Block block = blocks.find(b);
            boolean join = block != null && block.described() && (block.joinPoint() || anywhere);
            if (block == null || !join) {
                continue;
            }
            long due = dueNanos(b);
            if (due > now) {
                checkAt = Math.min(checkAt, due);
                break;
            }
            boolean ready = block.isComplete() && runs(now, b);
            boolean newer = !anywhere && best != null && now - dueNanos(best.number) > delayNanos;
            if (!anywhere && (best == null || (newer && ready))) {
                // Whatever lies before it would only make the start later. What could be played
                // while substreams lacked stays: it is handed out at once when they flow.
                wantedFrom = b;
            }
            if ((best == null || newer) && ready) {
                best = block;
            }
        }
        if (best != null && supplied()) {
            begin(now, best);
        }
    }

    /**
     * Whether what was fetched will be followed by the rest: with less than K substreams the
     * picture would stop as soon as the past is used up.
     */
    private boolean supplied() {
        return stream.end() != null
                || stream.suppliers.flowing() >= stream.spec().k();
    }

    private boolean joinsKnown() {
        for (long b = stream.blocks.oldest(); b <= stream.blocks.newest(); b++) {
            Block block = stream.blocks.find(b);
            if (block != null && block.described() && block.joinPoint()) {
                return true;
            }
        }
        return false;
    }

    /** Whether enough blocks in a row are whole and more come in time, or all that there are. */
    private boolean runs(long now, long from) {
        long first = stream.blocks.millis(from);
        for (long b = from; b <= stream.blocks.newest(); b++) {
            long run = (stream.blocks.millis(b) - first) * 1_000_000;
            boolean live = firstLive >= 0 && b > backlogEnd;
            if (run >= RUN_NANOS && (live || promising(now, run, first))) {
                return true;
            }
            Block block = stream.blocks.find(b);
            if (block == null || !block.isComplete()) {
                return firstLive >= 0 && b > firstLive && b > stream.blocks.newestComplete();
            }
        }
        boolean all = firstLive >= 0 && stream.blocks.newest() >= backlogEnd;
        return all || stream.end() != null;
    }

    /**
     * Whether the past may be begun before all of it is here: it comes in time so far, and several
     * nodes have it, or a good part of it has come.
     */
    private boolean promising(long now, long run, long firstMillis) {
        long past = (stream.blocks.millis(backlogEnd) - firstMillis) * 1_000_000;
        boolean shared = stream.links.holders(wantedFrom, now) >= ENOUGH_HOLDERS;
        long fetched = run + (firstMillis - locatedMillis) * 1_000_000;
        return fetched >= now - locatedAt
                && run >= (shared ? SHARED_PAST_SHARE : PAST_SHARE) * past;
    }

    private void begin(long now, Block first) {
        started = true;
        startedAt = now;
        next = first.number;
        startMillis = first.millis();
        backlogEnd = Math.max(backlogEnd, stream.blocks.newest());
        stream.note(now, "plays from block " + next);
        stream.repairs.soon();
    }

    /** Hands out the next block, or gives it up; false when there is nothing to do yet. */
    private boolean step(long now) {
        BlockStore blocks = stream.blocks;
        if (next > blocks.newest()) {
            return false;
        }
        long due = dueNanos(next);
        if (now < due) {
            checkAt = Math.min(checkAt, due);
            return false;
        }
        Block block = blocks.find(next);
        if (block != null && block.isComplete()) {
            byte[] media = stream.content.open(block);
            if (media == null) {
                locked(now);
            } else {
                endGap(now);
                play(now, block, media);
            }
            next++;
            return true;
        }
        long last = lastChance(next, due);
        if (now < last) {
            checkAt = Math.min(checkAt, last);
            return false;
        }
        gapFrom = gapFrom < 0 ? next : gapFrom;
        stream.counters.add(Counter.BLOCKS_GAP);
        stream.note(
                now,
                "gap: block " + next + " has " + (block == null ? 0 : block.have()) + " of "
                        + stream.spec().k() + " symbols, " + asked(block));
        next++;
        return true;
    }

    /** It is here, and cannot be read. */
    private void locked(long now) {
        if (gapFrom < 0) {
            stream.note(now, "gap: block " + next + " is encrypted, and its key is not here");
        }
        gapFrom = gapFrom < 0 ? next : gapFrom;
        locked = true;
        stream.counters.add(Counter.BLOCKS_GAP);
        stream.counters.add(Counter.BLOCKS_LOCKED);
    }

    private static String asked(@Nullable Block block) {
        if (block == null) {
            return "nothing was asked for";
        }
        if (block.isWhole()) {
            return "and no manifest that fits";
        }
        return block.repairTries + " repairs asked for, " + block.repairsOpen + " not answered yet";
    }

    /** What a starting viewer lacks of the past may come so much later than in real time. */
    private long startSlackNanos() {
        return 2 * delayNanos;
    }

    /** The past that a starting viewer still fetches may be late; nothing else may. */
    private long lastChance(long number, long due) {
        if (number > backlogEnd) {
            return due;
        }
        long sinceStart = (stream.blocks.millis(number) - startMillis) * 1_000_000;
        return Math.max(due, startedAt + sinceStart + startSlackNanos());
    }

    private void play(long now, Block block, byte[] media) {
        stream.counters.add(Counter.BLOCKS_PLAYED);
        stream.counters.add(Counter.BYTES_PLAYED, block.bytes());
        long lag = now - stream.clock.arrivalNanos(block.millis());
        stream.post
                .outbox()
                .play(
                        stream.number(),
                        new Playout.Media(
                                block.number, media, block.bytes(), block.joinPoint(), lag));
    }

    private void endGap(long now) {
        if (gapFrom >= 0) {
            long blocks = next - gapFrom;
            String cause = gapCause();
            stream.note(now, "gap of " + blocks + " blocks from " + gapFrom + ": " + cause);
            stream.post.outbox().play(stream.number(), new Playout.Gap(gapFrom, blocks, cause));
            gapFrom = -1;
            locked = false;
        }
    }

    private String gapCause() {
        if (locked) {
            return "the ticket brings no key for the time in which they were made";
        }
        int flowing = stream.suppliers.flowing();
        return flowing < stream.spec().k()
                ? "only " + flowing + " of " + stream.spec().k() + " substreams flowed"
                : "symbols lost and not repaired in time";
    }

    private void finish(long now) {
        long end = stream.endBlocks();
        if (end < 0) {
            return;
        }
        boolean nothing = !started
                && stream.endedAt() >= 0
                && now >= stream.endedAt() + delayNanos + TAIL_NANOS;
        if ((started && next >= end) || nothing) {
            endGap(now);
            over = true;
            stream.note(now, "end of stream after " + end + " blocks");
            stream.post.outbox().play(stream.number(), new Playout.End(end));
        } else if (!started) {
            checkAt = Math.min(checkAt, stream.endedAt() + delayNanos + TAIL_NANOS);
        }
    }
}
