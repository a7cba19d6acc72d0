// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Admission;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The substreams that this node supplies: who is admitted, who is displaced, who leaves. */
final class Receivers {
    /** A held slot that is not used by then is free again. */
    static final long HOLD_NANOS = 1_000_000_000L;

    /** A receiver reports once a second; after three silent ones its slots are free again. */
    private static final long LEASE_NANOS = 3_500_000_000L;

    /** While a swarm starts, the slots that are kept for takeovers are open to newcomers. */
    private static final long STARTING_NANOS = 10_000_000_000L;

    /** Nodes so near the source, and relays, build lasting substreams. */
    private static final int BUILDERS_DEPTH = 4;

    /** One node takes the stream once, and may be about to exchange a little of it. */
    private static final int MORE_THAN_K = 2;

    private final StreamNode stream;
    private final Admission admission;
    private final List<Supply> all = new ArrayList<>();

    /** How many take each ESI. */
    private final int[] takers;

    private final Distribution distribution;
    private final Displacement displacement;
    private boolean leaving;

    Receivers(StreamNode stream, Admission admission) {
        this.stream = stream;
        this.admission = admission;
        takers = new int[stream.spec().n()];
        distribution = new Distribution(stream, all);
        displacement = new Displacement(stream, this, admission);
    }

    List<Supply> all() {
        return all;
    }

    int slots() {
        return admission.slots();
    }

    int freeSlots(boolean urgent) {
        return leaving ? 0 : admission.free(all.size(), urgent || starting(stream.now()));
    }

    private boolean starting(long now) {
        return now - stream.startedAt() < STARTING_NANOS;
    }

    boolean supplies(Link link, int esi) {
        return find(link, esi) != null;
    }

    /** How many take this ESI from here, or keep a slot for it. */
    int takers(int esi) {
        return takers[esi];
    }

    boolean passesOn(int esi) {
        for (Supply s : all) {
            if (s.esi == esi && !s.held) {
                return true;
            }
        }
        return false;
    }

    /** Whether anybody takes an ESI that is built here. */
    boolean builds() {
        for (Supply s : all) {
            if (!s.held && !stream.suppliers.receives(s.esi)) {
                return stream.role() != Role.SOURCE;
            }
        }
        return false;
    }

    /** The depth of what would be built here, 0 where nothing is built lastingly. */
    int buildDepth() {
        if (stream.role() == Role.SOURCE
                || stream.suppliers.flowing() < stream.spec().k()) {
            return 0;
        }
        int depth = stream.suppliers.maxDepth();
        boolean near = depth <= BUILDERS_DEPTH || stream.role() == Role.RELAY;
        return near && depth + 1 < Suppliers.MAX_DEPTH ? depth + 1 : 0;
    }

    private @Nullable Supply find(Link link, int esi) {
        for (Supply s : link.supplied) {
            if (s.esi == esi) {
                return s;
            }
        }
        return null;
    }

    void onSubscribe(long now, Link link, Subscribe wish) {
        List<Verdict> verdicts = new ArrayList<>();
        boolean refused = false;
        for (int esi : wish.esis().subList(0, Math.min(wish.esis().size(), StreamSpec.MAX_K))) {
            Verdict verdict = judge(now, link, wish, esi);
            stream.counters.add(verdict.granted() ? Counter.GRANTS : Counter.REFUSALS);
            refused |= !verdict.granted();
            verdicts.add(verdict);
        }
        List<Long> others =
                refused ? stream.membership.referrals.alternatives(now, link) : List.of();
        stream.post.send(link, new Answer(wish.request(), verdicts, others));
        distribution.backfill(now);
    }

    private Verdict judge(long now, Link link, Subscribe wish, int esi) {
        int refusal = refusal(link, esi);
        if (refusal >= 0) {
            return new Verdict(esi, refusal, 0, 0);
        }
        boolean hold = wish.has(Subscribe.HOLD);
        Supply known = find(link, esi);
        if (known != null) {
            known.held &= hold;
            known.heldUntil = now + HOLD_NANOS;
            start(now, known, wish);
            return verdict(known);
        }
        if (link.supplied.size() >= stream.spec().k() + MORE_THAN_K) {
            return new Verdict(esi, Verdict.FULL, 0, 0);
        }
        boolean leftFor = false;
        if (wish.dead() != 0 && !wish.has(Subscribe.RISE)) {
            boolean sent = wish.has(Subscribe.SENT_BY_SUPPLIER);
            leftFor = sent && takes(wish.dead(), esi);
            free(wish.dead(), esi, sent);
        }
        boolean urgent = wish.has(Subscribe.ORPHAN) || wish.has(Subscribe.SENT_BY_SUPPLIER);
        boolean fair =
                urgent || stream.role() != Role.SOURCE || link.supplied.size() < fairShare(link);
        int taken = all.size() - handedOver() - (leftFor ? 1 : 0);
        if (fair && admission.admits(taken, urgent || starting(now))) {
            Supply supply = add(now, link, esi);
            supply.held = hold;
            supply.heldUntil = now + HOLD_NANOS;
            start(now, supply, wish);
            return verdict(supply);
        }
        Supply pushed = hold
                ? null
                : wish.has(Subscribe.RISE)
                        ? displacement.exchange(now, link, wish, esi)
                        : displacement.pushDown(now, link, wish, esi);
        return pushed == null ? new Verdict(esi, Verdict.FULL, 0, 0) : verdict(pushed);
    }

    /**
     * The source divides its slots among those who know it, strangers at the door included. Who
     * gives nothing gets little at first: what it took would have to be taken back for those who
     * come right after it and pass it on. After a moment it asks with urgency, and may have more.
     */
    private int fairShare(Link link) {
        int door = stream.greetings.pending().size();
        int share = admission.fairShare(stream.links.openCount() + door);
        return link.givesNothing ? Math.min(share, Math.max(1, stream.spec().k() / 4)) : share;
    }

    private Verdict verdict(Supply s) {
        int code = s.held ? Verdict.HELD : Verdict.GRANTED;
        return new Verdict(s.esi, code, stream.suppliers.sendDepth(s.esi), s.cursor);
    }

    /** Why the ESI can never come from here, -1 when it can. */
    private int refusal(Link link, int esi) {
        if (leaving) {
            return Verdict.LEAVING;
        }
        if (admission.slots() == 0) {
            return Verdict.NO_UPLOAD;
        }
        if (esi >= stream.spec().n()) {
            return Verdict.NOT_HERE;
        }
        if (stream.role() == Role.SOURCE) {
            return -1;
        }
        Subscription own = stream.suppliers.active(esi);
        // Two nodes that exchange what they have for each other's would both wait for the other.
        if (own != null && (own.suspect() || stream.suppliers.givesUp(own))) {
            return Verdict.NOT_HERE;
        }
        if (own != null) {
            return stream.suppliers.find(link, esi) != null ? Verdict.LOOP : -1;
        }
        if (link.substreams > 0) {
            return Verdict.LOOP;
        }
        return buildDepth() > 0 ? -1 : Verdict.NOT_HERE;
    }

    Supply add(long now, Link link, int esi) {
        Supply supply = new Supply(link, esi, now, stream.blocks.window());
        all.add(supply);
        link.supplied.add(supply);
        takers[esi]++;
        return supply;
    }

    void start(long now, Supply supply, Subscribe wish) {
        long newest = stream.blocks.newest();
        long from = Wire.widen(wish.fromBlock(), Math.max(0, newest));
        supply.liveFrom = newest + 1;
        supply.from = wish.has(Subscribe.LIVE) ? newest + 1 : Math.max(0, from);
        supply.cursor = Math.max(supply.from, stream.blocks.oldest());
        supply.backfillAt = now;
    }

    /**
     * The slot of a node that died is free; that of one that leaves counts as its heir's. Where
     * another orphan has got the one of this ESI, there may be one of an ESI that nobody took on.
     */
    private void free(long dead, int esi, boolean sent) {
        Supply slot = null;
        for (Supply s : all) {
            if (s.link.node() == dead && !s.handedOver && (slot == null || s.esi == esi)) {
                slot = s;
            }
        }
        if (slot == null) {
            return;
        }
        Status status = slot.link.status;
        boolean leaves = status != null && status.has(Status.FLAG_LEAVING);
        if (leaves && slot.esi == esi) {
            slot.handedOver = true;
        } else if (!leaves && !sent && stream.now() - slot.link.heardAt > HOLD_NANOS / 20) {
            remove(slot);
        }
    }

    /** Whether a node, which is about to go elsewhere, still takes an ESI from here. */
    private boolean takes(long node, int esi) {
        for (Supply s : all) {
            if (s.esi == esi && s.link.node() == node && !s.handedOver) {
                return true;
            }
        }
        return false;
    }

    /** Slots of leaving nodes that were given to their receivers already. */
    private int handedOver() {
        int count = 0;
        for (Supply s : all) {
            count += s.handedOver ? 1 : 0;
        }
        return count;
    }

    /** The hop count of the next live symbol, -1 when the receiver no longer takes this ESI. */
    int nextHop(Link link, int esi) {
        Supply s = find(link, esi);
        return s == null || s.held ? -1 : s.hop++ & 0xFF;
    }

    void onUnsubscribe(Link link, List<Integer> esis) {
        for (int esi : esis) {
            Supply s = find(link, esi);
            if (s != null) {
                remove(s);
            }
        }
    }

    void onLinkGone(Link link) {
        for (Supply s : List.copyOf(link.supplied)) {
            remove(s);
        }
    }

    private void remove(Supply s) {
        if (all.remove(s)) {
            s.link.supplied.remove(s);
            takers[s.esi]--;
        }
    }

    void onSymbol(long now, Block block, int esi) {
        distribution.onSymbol(now, block, esi);
    }

    void onComplete(long now, Block block) {
        distribution.onComplete(now, block);
    }

    long deadline() {
        return distribution.deadline();
    }

    void onDeadline(long now) {
        distribution.onDeadline(now);
    }

    /** Once in a while: what has lapsed is free again. */
    void expire(long now) {
        for (Supply s : new ArrayList<>(all)) {
            if (s.held && now > s.heldUntil) {
                remove(s);
            } else if (now - Math.max(s.link.heardAt, s.since) > LEASE_NANOS) {
                stream.counters.add(Counter.LEASES_LAPSED);
                stream.note(now, "lease lapsed: esi " + s.esi + " to " + s.link.name());
                remove(s);
            } else if (s.moving() && now > s.movingUntil && !leaving) {
                s.movingUntil = -1;
                Supply leaf = all.size() > admission.slots() ? displacement.leaf(s) : null;
                if (leaf != null) {
                    end(now, leaf, "no room for");
                }
            } else if (s.moving()) {
                displacement.revoke(now, s);
            }
        }
    }

    /**
     * What is built here because it no longer comes ends; its receivers are told whom to ask.
     *
     * @param spared ESIs that are built on
     */
    void revokeBuilt(long now, BitSet spared) {
        for (Supply s : new ArrayList<>(all)) {
            if (!s.held && !spared.get(s.esi) && !stream.suppliers.receives(s.esi)) {
                end(now, s, "lets go");
            }
        }
    }

    /** The receiver is told whom to ask. */
    private void end(long now, Supply s, String why) {
        stream.note(now, why + ": esi " + s.esi + " to " + s.link.name());
        List<Long> others = stream.membership.referrals.alternatives(now, s.link);
        stream.post.send(s.link, new Revoke(Revoke.ENDED, List.of(s.esi), others));
        remove(s);
    }

    /** Tells all receivers to go elsewhere; they are served until they have. */
    void leave(long now) {
        leaving = true;
        stream.reports.tellSuppliers(now);
        List<Link> told = new ArrayList<>();
        for (Supply s : all) {
            if (!told.contains(s.link)) {
                told.add(s.link);
            }
        }
        for (Link link : told) {
            List<Integer> esis = new ArrayList<>();
            for (Supply s : link.supplied) {
                esis.add(s.esi);
            }
            stream.post.send(
                    link,
                    new Revoke(
                            Revoke.LEAVING,
                            esis,
                            stream.membership.referrals.successors(now, link, esis)));
        }
    }

    boolean leaving() {
        return leaving;
    }
}
