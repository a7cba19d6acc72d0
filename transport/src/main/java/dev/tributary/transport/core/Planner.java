// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Candidate;
import dev.tributary.standby.StandbyList;
import dev.tributary.standby.SubstreamChoice;
import dev.tributary.standby.SubstreamChoice.Pick;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps K distinct substreams: asks for what lacks, moves what should move, frees what is too much.
 */
final class Planner {
    private static final long BUSY_NANOS = 30_000_000;
    private static final long QUIET_NANOS = 250_000_000;

    /** A newcomer asks for so many more than it needs at first, and gives back what is too much. */
    private static final int SURPLUS = 2;

    /** After so long without enough, takeover slots may be asked for. */
    private static final long URGENT_NANOS = 600_000_000;

    /** Nodes that were greeted answer within this time, or not soon. */
    private static final long MEETING_NANOS = 80_000_000;

    /** What a node told of itself is asked anew after so long while substreams lack. */
    private static final long STALE_NANOS = 200_000_000;

    /** The same when they have lacked for long. */
    private static final long MOST_STALE_NANOS = 1_000_000_000;

    /** What came once is built for its receivers for so long, then they look for another way. */
    private static final long LET_GO_NANOS = 2_000_000_000L;

    private static final int DEEPEST = Suppliers.MAX_DEPTH - 1;

    private static final int PROBES_AT_ONCE = 3;

    private final StreamNode stream;
    private final SubstreamChoice choice;
    private final Spread spread;
    final Moves moves;
    private long planAt;
    private long lackingSince = -1;
    private long builtSince = -1;
    private int probeRotation;

    Planner(StreamNode stream) {
        this.stream = stream;
        choice = new SubstreamChoice(stream.random());
        spread = new Spread(stream, this, choice);
        moves = new Moves(stream, this);
    }

    void soon() {
        planAt = Long.MIN_VALUE;
    }

    long deadline() {
        return planAt;
    }

    void onDeadline(long now) {
        if (now < planAt) {
            return;
        }
        expire(now);
        moves.onDeadline(now);
        int lacking = stream.spec().k() - covered();
        if (lacking > 0) {
            lackingSince = lackingSince < 0 ? now : lackingSince;
            if (stream.suppliers.taken().cardinality() < stream.spec().k()) {
                letGo(now);
            }
            fill(now, lacking);
            probeStale(now);
        } else {
            lackingSince = -1;
            releaseSurplus(now);
            if (!regain(now)) {
                spread.onEnough(now);
            }
        }
        boolean busy = lacking > 0 || moves.pending() || waiting();
        planAt = now + (busy ? BUSY_NANOS : QUIET_NANOS);
    }

    private boolean waiting() {
        for (Subscription s : stream.suppliers.all()) {
            if (s.phase == Subscription.Phase.ASKED) {
                return true;
            }
        }
        return false;
    }

    /** Distinct ESIs that flow or are asked for, and that count. */
    private int covered() {
        BitSet esis = new BitSet();
        for (Subscription s : stream.suppliers.all()) {
            if (s.phase != Subscription.Phase.HELD && !aside(s)) {
                esis.set(s.esi);
            }
        }
        return esis.cardinality();
    }

    private boolean aside(Subscription s) {
        return stream.liars.setsAside(stream.now(), s.link, s.esi);
    }

    boolean lacking() {
        return covered() < stream.spec().k();
    }

    /** Requests that nobody answered, and grants that never brought anything. */
    private void expire(long now) {
        for (Subscription s : new ArrayList<>(stream.suppliers.all())) {
            boolean unanswered = s.phase == Subscription.Phase.ASKED
                    && now - s.askedAt > s.link.timeoutNanos() * 3 / 2;
            boolean heldLong =
                    s.phase == Subscription.Phase.HELD && now - s.grantedAt > Receivers.HOLD_NANOS;
            if (unanswered) {
                stream.counters.add(Counter.REQUESTS_UNANSWERED);
                s.link.askAgainAt = now + s.link.timeoutNanos();
                stream.suppliers.release(s);
            } else if (heldLong) {
                stream.suppliers.drop(s);
            }
        }
    }

    private void fill(long now, int lacking) {
        boolean first = stream.suppliers.all().isEmpty();
        List<Link> links = new ArrayList<>();
        List<Candidate> candidates = candidates(now, links, false);
        int most = first && links.size() > 1 ? lacking + SURPLUS : lacking;
        List<Pick> picks = picks(candidates, most);
        boolean urgent = stream.losses.waiting() || now - lackingSince > URGENT_NANOS;
        long from = stream.firstWanted();
        for (int i = 0; i < links.size(); i++) {
            List<Integer> esis = new ArrayList<>();
            for (Pick pick : picks) {
                if (pick.node() == i) {
                    esis.add(pick.esi());
                }
            }
            if (!esis.isEmpty()) {
                Suppliers.Wish wish = new Suppliers.Wish(urgent ? Subscribe.ORPHAN : 0, from, 0);
                for (Subscription s : stream.suppliers.ask(now, links.get(i), esis, wish)) {
                    s.loss = stream.losses.take(s.esi);
                }
            }
        }
    }

    /** First what others take from here and would have to be built else, then any ESI. */
    private List<Pick> picks(List<Candidate> candidates, int most) {
        BitSet taken = stream.suppliers.taken();
        int[] limits = maxDepths();
        List<Pick> picks = new ArrayList<>(choice.choose(candidates, allButNeeded(), most, limits));
        picks.forEach(pick -> taken.set(pick.esi()));
        picks.addAll(choice.choose(candidates, taken, most - picks.size(), limits));
        return picks;
    }

    /** Every ESI but those that others take from here and that do not come. */
    private BitSet allButNeeded() {
        BitSet taken = stream.suppliers.taken();
        BitSet others = new BitSet();
        others.set(0, stream.spec().n());
        for (Supply s : stream.receivers.all()) {
            if (!taken.get(s.esi)) {
                others.clear(s.esi);
            }
        }
        return others;
    }

    /**
     * What came once, and others take from here, should come again: two nodes that each build what
     * the other needs would wait for each other.
     *
     * @return whether something of it lacks
     */
    private boolean regain(long now) {
        BitSet others = allButNeeded();
        for (int esi = 0; esi < stream.spec().n(); esi++) {
            if (stream.suppliers.depth(esi) == 0) {
                others.set(esi);
            }
        }
        if (others.cardinality() == stream.spec().n()) {
            builtSince = -1;
            return false;
        }
        builtSince = builtSince < 0 ? now : builtSince;
        List<Link> links = new ArrayList<>();
        List<Candidate> candidates = candidates(now, links, false);
        for (Pick pick : choice.choose(candidates, others, 1, maxDepths())) {
            Suppliers.Wish wish = new Suppliers.Wish(Subscribe.ORPHAN, -1, 0);
            stream.suppliers.ask(now, links.get(pick.node()), List.of(pick.esi()), wish);
        }
        if (now - builtSince > LET_GO_NANOS) {
            builtSince = -1;
            stream.receivers.revokeBuilt(now, others);
        }
        return true;
    }

    /**
     * Nodes that may be asked now; {@code links} gets the link of each.
     *
     * @param standbyOnly leave out nodes that say they are full
     */
    List<Candidate> candidates(long now, List<Link> links, boolean standbyOnly) {
        boolean urgent = lackingSince >= 0 && now - lackingSince > URGENT_NANOS;
        List<Candidate> found = new ArrayList<>();
        for (Link link : stream.links.open()) {
            Status status = link.status;
            if (status == null
                    || now < link.askAgainAt
                    || !mayAsk(status)
                    || (!urgent && stream.liars.doubts(now, link))) {
                continue;
            }
            int free = status.freeSlots();
            if (free == 0 && !standbyOnly && stream.receivers.freeSlots(true) > 0) {
                free = 2;
            }
            free = Math.min(free, mostFromOne(now) - link.substreams);
            if (free > 0 && (fresh(now, link) || !standbyOnly)) {
                found.add(candidate(found.size(), link, status, free));
                links.add(link);
            }
        }
        return found;
    }

    private static boolean fresh(long now, Link link) {
        return link.status != null && StandbyList.fresh(link.statusAt, now);
    }

    /**
     * Substreams that one supplier is asked for: a newcomer waits a moment for others to answer
     * before it takes much from the first. Waiting longer starves a swarm that grows fast.
     */
    private int mostFromOne(long now) {
        int k = stream.spec().k();
        int open = stream.links.openCount();
        boolean others = stream.membership.others() > open || open > 2;
        boolean meeting = lackingSince >= 0 && now - lackingSince <= MEETING_NANOS;
        return others && meeting ? Math.max(2, k / 4) : k;
    }

    private static boolean mayAsk(Status status) {
        return !status.has(Status.FLAG_LEAVING)
                && !status.has(Status.FLAG_NO_UPLOAD)
                && status.slots() > 0;
    }

    private Candidate candidate(int number, Link link, Status status, int free) {
        int n = stream.spec().n();
        byte[] depths = new byte[n];
        byte[] order = new byte[n];
        for (int i = 0; i < status.offers().size(); i++) {
            Status.Offer offer = status.offers().get(i);
            boolean ours = offer.esi() < n && stream.receivers.supplies(link, offer.esi());
            boolean doubtful = stream.liars.setsAside(stream.now(), link, offer.esi());
            if (offer.esi() < n
                    && !ours
                    && !doubtful
                    && (offer.flags() & Status.Offer.STARVED) == 0) {
                depths[offer.esi()] = (byte) offer.depth();
                order[offer.esi()] = (byte) i;
            }
        }
        int build = !link.supplied.isEmpty() ? 0 : status.buildDepth();
        return new Candidate(
                number,
                depths,
                build,
                order,
                link.substreams,
                free,
                status.freeSlots() == 0,
                link.rttNanos());
    }

    /**
     * How deep an ESI may be taken: no deeper than it comes now where others depend on it, so that
     * no supply runs in a circle; free where nobody depends on it (compare RFC 8966, feasibility).
     */
    int maxDepth(int esi) {
        int whole = stream.receivers.builds() ? stream.suppliers.maxDepth() : DEEPEST;
        int own = stream.suppliers.depth(esi);
        boolean passedOn = own > 0 && stream.receivers.passesOn(esi);
        return Math.max(1, passedOn ? Math.min(own, whole) : whole);
    }

    int[] maxDepths() {
        int[] limits = new int[stream.spec().n()];
        for (int esi = 0; esi < limits.length; esi++) {
            limits[esi] = maxDepth(esi);
        }
        return limits;
    }

    /**
     * Whoever depends on an ESI that no longer comes, and finds no feasible supplier for it, lets
     * its receivers go: then nobody depends on it, and it may take what there is.
     */
    private void letGo(long now) {
        boolean patient = now - lackingSince < 2 * stream.links.usualRttNanos() + URGENT_NANOS / 4;
        if (!patient && stream.receivers.builds()) {
            stream.receivers.revokeBuilt(now, new BitSet());
        }
    }

    /** The longer the lack lasts the less news there is: who asks on and on only adds to it. */
    private void probeStale(long now) {
        List<Link> open = stream.links.open();
        int probes = 0;
        long stale = Math.clamp((now - lackingSince) / 2, STALE_NANOS, MOST_STALE_NANOS);
        for (int i = 0; i < open.size() && probes < PROBES_AT_ONCE; i++) {
            Link link = open.get((i + probeRotation) % open.size());
            if (now - link.statusAt > stale && now - link.probeSentAt > stale) {
                stream.links.probe(now, link);
                probes++;
            }
        }
        probeRotation++;
    }

    /** More than K flow: the deepest that nobody depends on goes. */
    private void releaseSurplus(long now) {
        int granted = 0;
        Subscription worst = null;
        for (Subscription s : stream.suppliers.all()) {
            if (!s.active() || s.beingReplaced || s.replaces != null || s.suspect() || aside(s)) {
                continue;
            }
            granted++;
            boolean bound = stream.receivers.passesOn(s.esi);
            if (!bound && (worst == null || cost(s) > cost(worst))) {
                worst = s;
            }
        }
        if (granted > stream.spec().k() && worst != null) {
            stream.note(now, "surplus: esi " + worst.esi + " back to " + worst.link.name());
            stream.suppliers.release(worst);
            soon();
        }
    }

    private static int cost(Subscription s) {
        return 4 * s.link.substreams + s.depth + (s.flows ? 0 : 100);
    }

    /** A node that can take this ESI over: random among the three best of those that offer it. */
    @Nullable
    Link standby(long now, Subscription old) {
        List<Link> links = new ArrayList<>();
        List<Candidate> candidates = candidates(now, links, true);
        int[] limits = maxDepths();
        List<Link> best = new ArrayList<>();
        BitSet others = new BitSet();
        others.set(0, stream.spec().n());
        others.clear(old.esi);
        for (int i = 0; i < candidates.size(); i++) {
            Link link = links.get(i);
            if (link == old.link
                    || link.probesUnanswered > 0
                    || stream.suppliers.find(link, old.esi) != null) {
                candidates.set(i, none(candidates.get(i)));
            }
        }
        while (best.size() < StandbyList.BEST) {
            List<Pick> picks = choice.choose(candidates, others, 1, limits);
            if (picks.isEmpty()) {
                break;
            }
            int node = picks.get(0).node();
            best.add(links.get(node));
            candidates.set(node, none(candidates.get(node)));
        }
        return best.isEmpty() ? null : best.get(stream.random().nextInt(best.size()));
    }

    /** The same node, with nothing left to give. */
    static Candidate none(Candidate c) {
        return new Candidate(
                c.node(), c.depths(), 0, c.order(), c.carries(), 0, true, c.rttNanos());
    }
}
