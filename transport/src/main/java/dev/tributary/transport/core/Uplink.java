// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.SymbolHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The node's way up, shared by all its streams: a token bucket over everything sent, live symbols
 * spread evenly per path, repairs from a budget of their own.
 */
final class Uplink {
    /** Time's worth of tokens that may be used at once. */
    private static final long BURST_NANOS = 20_000_000;

    /** A full datagram on the line; sending waits until the bucket holds one. */
    private static final long DATAGRAM_BYTES = 1_300;

    /** Symbols back to back on one path. */
    private static final int BACK_TO_BACK = 4;

    /** A live symbol that waited so long is repaired from elsewhere by now. */
    private static final long STALE_NANOS = 400_000_000;

    /** One that waited so long waits for the cap, not for its turn. */
    private static final long BEHIND_NANOS = 30_000_000;

    private static final int MOST_WAITING = 8_192;

    /**
     * Share of the cap that answers to repair requests may use, and how long it may save up. It and
     * control share the tenth that slots leave free.
     */
    private static final double REPAIR_SHARE = 0.06;

    private static final long REPAIR_SAVED_NANOS = 1_000_000_000L;

    /** Of what the cap leaves unused, this share of it may go into more answers. */
    private static final double SPARE_SHARE = 0.1;

    /**
     * Share of the cap for refusals. Where a swarm lacks much, everybody asks the source: its
     * refusals alone would hold its live symbols up, and then all lack more.
     */
    private static final double REFUSAL_SHARE = 0.01;

    private static final int REFUSAL_BYTES = 80;

    /** Refusals at once. */
    private static final int MOST_REFUSALS = 32;

    /** Bytes a nanosecond also where there is no upload: ten refusals a second. */
    private static final double LEAST_REFUSED = 10 * REFUSAL_BYTES / 1e9;

    /** Answers beyond the budget that may wait for their turn behind live symbols. */
    private static final int MOST_SPARE = 32;

    private static final long NO_HURRY = Long.MIN_VALUE;

    /** A symbol on its way to one receiver; then used again, since there are so many. */
    private static final class Waiting {
        private long notBefore;
        private long order;
        private @Nullable Link link;
        private long block;
        private int esi;
        private int flags;
    }

    private final double bytesPerNano;
    private final double burstBytes;
    private final double repairBurstBytes;
    private double tokens;
    private double repairTokens;
    private double spareTokens;
    private double refusalTokens = MOST_REFUSALS * REFUSAL_BYTES;
    private long refilledAt = Long.MIN_VALUE;
    private long order;

    /** Live symbols that might have gone when they were queued; by time, as time goes up. */
    private final Deque<Waiting> prompt = new ArrayDeque<>();

    /** Live symbols that have to keep a distance to others on their path. */
    private final PriorityQueue<Waiting> spaced = new PriorityQueue<>(Uplink::byTime);

    private final Deque<Waiting> repairs = new ArrayDeque<>();

    /** Answers beyond the budget: behind live symbols, which they may cost nothing. */
    private final Deque<Waiting> spareRepairs = new ArrayDeque<>();

    private final Deque<Waiting> backfill = new ArrayDeque<>();
    private final Deque<Waiting> unused = new ArrayDeque<>();

    Uplink(long capBitsPerSecond) {
        bytesPerNano = capBitsPerSecond / 8e9;
        burstBytes = Math.max(bytesPerNano * BURST_NANOS, BACK_TO_BACK * DATAGRAM_BYTES);
        repairBurstBytes =
                Math.max(bytesPerNano * REPAIR_SHARE * REPAIR_SAVED_NANOS, 8 * DATAGRAM_BYTES);
        tokens = burstBytes;
        repairTokens = repairBurstBytes;
    }

    private static int byTime(Waiting a, Waiting b) {
        int byTime = Long.compare(a.notBefore, b.notBefore);
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    }

    boolean uploads() {
        return bytesPerNano > 0;
    }

    /** Everything that goes out is paid for; control may run the bucket into debt. */
    void spend(int bytes) {
        tokens -= bytes;
    }

    /** Control has run so far ahead of the cap that what can wait should. */
    boolean inDebt(long now) {
        refill(now);
        return uploads() && tokens < -2 * DATAGRAM_BYTES;
    }

    /** Live symbols wait for the cap: whatever can be left out should be. */
    boolean behind(long now) {
        Waiting first = firstLive();
        return first != null && now - first.notBefore > BEHIND_NANOS;
    }

    /**
     * Queues a live symbol behind those that its path has waiting.
     *
     * @param spacingNanos between symbols on this path once four went back to back
     * @return false when too many are waiting
     */
    boolean offer(long now, Link link, long block, int esiAndFlags, long spacingNanos) {
        if (!uploads() || prompt.size() + spaced.size() >= MOST_WAITING) {
            return false;
        }
        long pace = Math.max(link.paceAt, now - (BACK_TO_BACK - 1) * spacingNanos);
        link.paceAt = pace + spacingNanos;
        Waiting symbol = waiting(link, block, esiAndFlags >>> 8, esiAndFlags & 0xFF);
        symbol.notBefore = Math.max(now, pace);
        (pace <= now ? prompt : spaced).add(symbol);
        return true;
    }

    /**
     * Queues the answer to a repair request, if the budget for repairs allows it, or what the cap
     * has left unused of late.
     *
     * @param owed whether it was lost on its way from here: half of the budget is for that alone
     */
    boolean offerRepair(long now, Link link, long block, int esi, boolean owed) {
        refill(now);
        boolean spare = repairTokens < (owed ? DATAGRAM_BYTES : repairBurstBytes / 2);
        boolean none = spareTokens < DATAGRAM_BYTES || spareRepairs.size() >= MOST_SPARE;
        if (!uploads() || (spare && none) || (!owed && behind(now))) {
            return false;
        }
        repairTokens -= spare ? 0 : DATAGRAM_BYTES;
        spareTokens -= spare ? DATAGRAM_BYTES : 0;
        Waiting symbol = waiting(link, block, esi, SymbolHeader.REPAIRED);
        symbol.notBefore = now;
        (spare ? spareRepairs : repairs).add(symbol);
        return true;
    }

    /** Whether a repair may be refused in words; else the asker sees that no answer comes. */
    boolean mayRefuse(long now) {
        refill(now);
        if (refusalTokens < REFUSAL_BYTES || inDebt(now) || behind(now)) {
            return false;
        }
        refusalTokens -= REFUSAL_BYTES;
        return true;
    }

    /** Queues a symbol of an older block: it goes when nothing else wants to. */
    boolean offerBackfill(Link link, long block, int esi, int flags) {
        if (!uploads() || backfill.size() >= MOST_WAITING) {
            return false;
        }
        Waiting symbol = waiting(link, block, esi, flags);
        symbol.notBefore = NO_HURRY;
        backfill.add(symbol);
        return true;
    }

    private Waiting waiting(Link link, long block, int esi, int flags) {
        Waiting used = unused.pollLast();
        Waiting symbol = used == null ? new Waiting() : used;
        symbol.order = order++;
        symbol.link = link;
        symbol.block = block;
        symbol.esi = esi;
        symbol.flags = flags;
        return symbol;
    }

    /** Sends what may go now. */
    void drain(long now) {
        refill(now);
        while (tokens >= DATAGRAM_BYTES) {
            Waiting next = repairs.pollFirst();
            if (next == null) {
                next = firstLive(now);
            }
            if (next == null) {
                next = spareRepairs.pollFirst();
            }
            if (next == null && tokens >= burstBytes / 2) {
                next = backfill.pollFirst();
            }
            if (next == null) {
                return;
            }
            Link link = next.link;
            if (link != null) {
                send(now, link, next);
            }
            next.link = null; // it may not keep a stream that is over
            unused.add(next);
        }
    }

    private static void send(long now, Link link, Waiting symbol) {
        boolean stale = symbol.notBefore != NO_HURRY && now - symbol.notBefore > STALE_NANOS;
        if (link.isOpen() && !stale) {
            link.stream.sendSymbol(now, link, symbol.block, symbol.esi, symbol.flags);
        } else {
            link.stream.counters.add(Counter.UPLINK_DROPPED);
        }
    }

    private @Nullable Waiting firstLive(long now) {
        Waiting first = firstLive();
        if (first == null || first.notBefore > now) {
            return null;
        }
        return first == prompt.peekFirst() ? prompt.pollFirst() : spaced.poll();
    }

    private @Nullable Waiting firstLive() {
        Waiting a = prompt.peekFirst();
        Waiting b = spaced.peek();
        return a == null || (b != null && byTime(b, a) < 0) ? b : a;
    }

    /** When something that waits may go, {@link Long#MAX_VALUE} when nothing waits. */
    long nextAt(long now) {
        long next = Long.MAX_VALUE;
        if (!repairs.isEmpty() || !spareRepairs.isEmpty()) {
            next = tokensAt(now, DATAGRAM_BYTES);
        }
        Waiting first = firstLive();
        if (first != null) {
            next = Math.min(next, Math.max(first.notBefore, tokensAt(now, DATAGRAM_BYTES)));
        }
        if (!backfill.isEmpty()) {
            next = Math.min(next, tokensAt(now, Math.max(DATAGRAM_BYTES, burstBytes / 2)));
        }
        return next;
    }

    /** Whether the cap holds up what was due by the last {@link #drain}. */
    boolean backlogged() {
        Waiting first = firstLive();
        boolean lives = first != null && first.notBefore <= refilledAt;
        boolean answers = !repairs.isEmpty() || !spareRepairs.isEmpty();
        return lives || answers || !backfill.isEmpty();
    }

    int backfillWaiting() {
        return backfill.size();
    }

    private long tokensAt(long now, double wanted) {
        refill(now);
        if (tokens >= wanted || bytesPerNano == 0) {
            return now;
        }
        return now + (long) Math.ceil((wanted - tokens) / bytesPerNano);
    }

    private void refill(long now) {
        if (refilledAt == Long.MIN_VALUE) {
            refilledAt = now;
        }
        long passed = now - refilledAt;
        refilledAt = now;
        double filled = tokens + passed * bytesPerNano;
        tokens = Math.min(burstBytes, filled);
        double saved = bytesPerNano * SPARE_SHARE * REPAIR_SAVED_NANOS;
        double unused = Math.min(filled - tokens, passed * bytesPerNano * SPARE_SHARE);
        spareTokens = Math.min(saved, spareTokens + unused);
        repairTokens =
                Math.min(repairBurstBytes, repairTokens + passed * bytesPerNano * REPAIR_SHARE);
        double refused = passed * Math.max(bytesPerNano * REFUSAL_SHARE, LEAST_REFUSED);
        refusalTokens = Math.min(MOST_REFUSALS * REFUSAL_BYTES, refusalTokens + refused);
    }
}
