// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.SymbolHeader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The substreams that this node takes: who sends which ESI, and what is asked for. */
final class Suppliers {
    /** A substream deeper than this is let go (design: 24). */
    static final int MAX_DEPTH = 24;

    /** A refusing node is asked again after so long, doubled each time up to 2 s. */
    private static final long ASK_AGAIN_NANOS = 150_000_000;

    /**
     * What goes with a request.
     *
     * @param from first block wanted, -1 for the newest
     * @param dead the node that died or leaves and whose slot is asked for, 0 for none
     */
    record Wish(int flags, long from, long dead) {}

    private final StreamNode stream;
    private final List<Subscription> all = new ArrayList<>();
    private final int[] lastDepth;
    private int nextRequest = 1;

    Suppliers(StreamNode stream) {
        this.stream = stream;
        lastDepth = new int[stream.spec().n()];
    }

    /** In the order in which they were asked for. */
    List<Subscription> all() {
        return all;
    }

    @Nullable
    Subscription find(Link link, int esi) {
        for (Subscription s : all) {
            if (s.link == link && s.esi == esi) {
                return s;
            }
        }
        return null;
    }

    /** The subscription that brings an ESI, the one being replaced last. */
    @Nullable
    Subscription active(int esi) {
        Subscription found = null;
        for (Subscription s : all) {
            if (s.esi == esi && s.active() && (found == null || found.beingReplaced)) {
                found = s;
            }
        }
        return found;
    }

    boolean receives(int esi) {
        return active(esi) != null;
    }

    /** Depth at which an ESI comes, or last came; 0 when it never did. */
    int depth(int esi) {
        Subscription s = active(esi);
        return s == null ? lastDepth[esi] : s.depth;
    }

    int maxDepth() {
        int depth = 0;
        for (Subscription s : all) {
            depth = s.active() ? Math.max(depth, s.depth) : depth;
        }
        return depth;
    }

    /** The depth that a receiver of this ESI gets from here. */
    int sendDepth(int esi) {
        if (stream.role() == Role.SOURCE) {
            return 1;
        }
        // What bridges a gap for a moment keeps its depth; only a lasting substream is built
        // deeper.
        int own = depth(esi);
        return 1 + (own > 0 ? own : maxDepth());
    }

    /** ESIs that come, are asked for, or are held; not those whose supplier is being replaced. */
    BitSet taken() {
        BitSet esis = new BitSet();
        for (Subscription s : all) {
            if (s.phase != Subscription.Phase.HELD) {
                esis.set(s.esi);
            }
        }
        return esis;
    }

    /** Distinct ESIs that flow now. */
    int flowing() {
        BitSet esis = new BitSet();
        for (Subscription s : all) {
            if (s.active() && s.flows && !s.suspect()) {
                esis.set(s.esi);
            }
        }
        return esis.cardinality();
    }

    /** The mean of what is usual for the substreams that flow. */
    long meanLagNanos() {
        long sum = 0;
        int count = 0;
        for (Subscription s : all) {
            sum += s.flows ? s.health.lag().meanNanos() : 0;
            count += s.flows ? 1 : 0;
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Asks a node for ESIs in one message. */
    List<Subscription> ask(long now, Link link, List<Integer> esis, Wish wish) {
        long from = wish.from;
        int request = nextRequest++ & 0xFFFF;
        List<Subscription> asked = new ArrayList<>();
        for (int esi : esis) {
            Subscription s = find(link, esi);
            if (s == null) {
                s = new Subscription(link, esi);
                all.add(s);
                link.substreams++;
            }
            s.phase = Subscription.Phase.ASKED;
            s.request = request;
            s.askedAt = now;
            s.fromBlock = Math.max(0, from);
            s.firstLive = Long.MAX_VALUE;
            asked.add(s);
        }
        int free = stream.receivers.freeSlots(true);
        int flags = from < 0 ? wish.flags | Subscribe.LIVE : wish.flags;
        stream.watchdog.onAsked(now);
        stream.post.send(
                link, new Subscribe(request, flags, free, wish.dead, Math.max(0, from), esis));
        return asked;
    }

    void onAnswer(long now, Link link, Answer answer) {
        boolean refused = false;
        for (Verdict verdict : answer.verdicts()) {
            Subscription s = find(link, verdict.esi());
            if (s != null && s.phase == Subscription.Phase.ASKED && s.request != answer.request()) {
                // A late answer to what was given back unanswered: the one to the new request
                // counts.
                continue;
            }
            if (verdict.granted()) {
                granted(now, link, verdict, s);
            } else if (s != null && s.phase == Subscription.Phase.ASKED) {
                refused = true;
                stream.counters.add(Counter.REQUESTS_REFUSED);
                stream.note(
                        now,
                        "refused by " + link.name() + " esi " + s.esi + ": " + verdict.reason());
                drop(s);
            }
        }
        if (refused) {
            link.refusals = Math.min(link.refusals + 1, 5);
            long wait = ASK_AGAIN_NANOS << (link.refusals - 1);
            link.askAgainAt = now + wait / 2 + stream.random().nextLong(wait / 2);
        } else {
            link.refusals = 0;
        }
        stream.membership.suggest(now, link, answer.alternatives());
        stream.planner.soon();
    }

    private void granted(long now, Link link, Verdict verdict, @Nullable Subscription asked) {
        Subscription s = asked;
        if (s == null) {
            if (verdict.code() == Verdict.HELD
                    || verdict.esi() >= stream.spec().n()
                    || !substitute(verdict.esi())) {
                tellUnwanted(link, verdict.esi());
                return;
            }
            // A full node gave another ESI than asked for: the one that it could take back.
            s = new Subscription(link, verdict.esi());
            s.fromBlock = Math.max(0, stream.firstWanted());
            s.firstLive = Long.MAX_VALUE;
            all.add(s);
            link.substreams++;
        }
        if (s.phase == Subscription.Phase.ASKED) {
            int depth = Math.max(1, verdict.depth());
            if (depth > stream.planner.maxDepth(s.esi)) {
                tooDeepByNow(now, s);
                return;
            }
            boolean held = verdict.code() == Verdict.HELD;
            s.phase = held ? Subscription.Phase.HELD : Subscription.Phase.ACTIVE;
            s.grantedAt = now;
            s.lastSymbolAt = now;
            s.depth = depth;
            s.fromBlock = Math.max(s.fromBlock, stream.widen(verdict.fromBlock()));
            stream.note(
                    now,
                    verdict.reason() + " by " + link.name() + " esi " + s.esi + " depth "
                            + s.depth);
            stream.membership.standbys.remove(entry(link));
        }
    }

    /** It would feed itself in a circle: what was granted goes back, and others are asked first. */
    private void tooDeepByNow(long now, Subscription s) {
        stream.note(now, "too deep by now: esi " + s.esi + " of " + s.link.name());
        s.link.askAgainAt = now + ASK_AGAIN_NANOS;
        release(s);
        stream.planner.soon();
    }

    private boolean substitute(int esi) {
        return !taken().get(esi) && taken().cardinality() < stream.spec().k() + 2;
    }

    void onSymbol(long now, Subscription s, Block block, SymbolHeader header, long millis) {
        if (s.phase != Subscription.Phase.ACTIVE) {
            // The symbol overtook the answer, or the answer was lost.
            if (header.depth() > stream.planner.maxDepth(s.esi)) {
                tooDeepByNow(now, s);
                return;
            }
            s.phase = Subscription.Phase.ACTIVE;
            s.grantedAt = now;
        }
        s.depth = Math.max(1, header.depth());
        lastDepth[s.esi] = s.depth;
        s.lastSymbolAt = now;
        if (!s.flows) {
            s.flows = true;
            firstSymbol(now, s);
        }
        if (header.has(SymbolHeader.BACKFILL)) {
            return;
        }
        s.link.newestLive = Math.max(s.link.newestLive, block.number);
        if (!s.health.started()) {
            s.health.startAt(block.number);
            s.firstLive = block.number;
        }
        s.health.onSymbol(block.number, now - stream.clock.arrivalNanos(millis));
        s.noteLosses(block.number, header.hop());
        stream.watchdog.onSymbol(now, s);
        if (stream.playback != null) {
            stream.playback.onLive(block.number);
        }
        if (s.depth > MAX_DEPTH) {
            stream.note(now, "too deep: esi " + s.esi + " from " + s.link.name());
            release(s);
        }
    }

    private void firstSymbol(long now, Subscription s) {
        Subscription old = s.replaces;
        s.replaces = null;
        if (old != null && all.contains(old)) {
            release(old);
        }
        releaseOthers(s);
        stream.losses.onFirstSymbol(now, s);
        stream.planner.soon();
    }

    /** Its supplier stopped while it was being replaced, and the standby took over as well. */
    private void releaseOthers(Subscription s) {
        for (Subscription other : new ArrayList<>(all)) {
            if (other != s && other.esi == s.esi && other.active() && other.replaces != s) {
                release(other);
            }
        }
    }

    /** Asks another for the same ESI; the old supply goes on until the new one flows. */
    void replace(long now, Subscription old, Link next, Wish wish, Loss loss) {
        old.beingReplaced = true;
        List<Subscription> asked = ask(now, next, List.of(old.esi), wish);
        for (Subscription s : asked) {
            s.replaces = old;
            s.loss = loss;
        }
    }

    /** Asks another node for another ESI in place of one that nobody depends on. */
    void exchange(long now, Subscription old, Link next, int esi, Loss loss) {
        old.beingReplaced = true;
        for (Subscription s : ask(now, next, List.of(esi), new Wish(0, -1, 0))) {
            s.replaces = old;
            s.loss = loss;
        }
    }

    /** Whether a substream is about to be exchanged for another ESI. */
    boolean givesUp(Subscription old) {
        for (Subscription next : all) {
            if (next.replaces == old && next.esi != old.esi) {
                return true;
            }
        }
        return false;
    }

    /** First block whose symbol did not come this way. */
    long firstMissing(Subscription old) {
        return old.health.started()
                ? old.health.nextBlock() - old.health.missesInRow()
                : old.fromBlock;
    }

    void onRevoke(long now, Link link, Revoke revoke) {
        if (revoke.reason() == Revoke.PUSH_DOWN) {
            stream.membership.meet(now, link, revoke.successors());
        } else {
            stream.membership.suggest(now, link, revoke.successors());
        }
        for (int esi : revoke.esis()) {
            Subscription s = find(link, esi);
            if (s == null) {
                tellUnwanted(link, esi);
            } else if (revoke.reason() == Revoke.ENDED) {
                stream.note(now, "ended by " + link.name() + " esi " + esi);
                Loss loss = new Loss(esi, link.node(), "ended by supplier", s.lastSymbolAt, false);
                stream.losses.lose(now, s, loss);
            } else if (!s.beingReplaced) {
                boolean leaving = revoke.reason() == Revoke.LEAVING;
                stream.planner.moves.add(now, s, leaving, revoke.successors());
            }
        }
    }

    /** Gives a substream back. */
    void release(Subscription s) {
        stream.post.send(s.link, new Unsubscribe(List.of(s.esi)));
        drop(s);
    }

    void tellUnwanted(Link link, int esi) {
        stream.post.send(link, new Unsubscribe(List.of(esi)));
    }

    /** Forgets a subscription; what it was to replace stays. */
    void drop(Subscription s) {
        if (s.phase == Subscription.Phase.GONE) {
            return;
        }
        s.phase = Subscription.Phase.GONE;
        all.remove(s);
        s.link.substreams--;
        Subscription old = s.replaces;
        if (old != null) {
            old.beingReplaced = false;
            s.replaces = null;
        }
        Subscription hold = s.hold;
        s.hold = null;
        if (hold != null && hold.phase == Subscription.Phase.HELD) {
            release(hold);
        }
    }

    /** Gives everything back. */
    void releaseAll() {
        for (Subscription s : new ArrayList<>(all)) {
            release(s);
        }
    }

    private static int entry(Link link) {
        Peer peer = link.peer;
        return peer == null ? -1 : peer.entry;
    }
}
