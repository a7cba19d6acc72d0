// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Candidate;
import dev.tributary.standby.SubstreamChoice;
import dev.tributary.standby.SubstreamChoice.Pick;
import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Evens out what the suppliers carry, while nothing lacks. */
final class Spread {
    /** Time between two looks at how evenly suppliers are used. */
    private static final long SPREAD_NANOS = 2_000_000_000L;

    /** A supplier must be so many hops nearer to be worth a move. */
    private static final int NEARER_HOPS = 2;

    /** Time between two steps towards the source. */
    private static final long RISE_NANOS = 500_000_000;

    private final StreamNode stream;
    private final Planner planner;
    private final SubstreamChoice choice;
    private long spreadAt;

    Spread(StreamNode stream, Planner planner, SubstreamChoice choice) {
        this.stream = stream;
        this.planner = planner;
        this.choice = choice;
    }

    /**
     * Now and then, one step at a time: no supplier should carry much more than the others, and no
     * ESI come from much deeper than it must.
     */
    void onEnough(long now) {
        if (now < spreadAt) {
            return;
        }
        spreadAt = now + SPREAD_NANOS / 2 + stream.random().nextLong(SPREAD_NANOS);
        List<Subscription> mine = new ArrayList<>(stream.suppliers.all());
        mine.removeIf(s ->
                !s.active() || !s.flows || s.beingReplaced || s.replaces != null || s.suspect());
        mine.sort(Comparator.comparingInt((Subscription s) -> -s.link.substreams)
                .thenComparingInt(s -> -s.depth));
        for (Subscription s : mine) {
            if (s.link.substreams <= Math.max(1, stream.spec().k() / 4)) {
                break;
            }
            if (lighten(now, s)) {
                return;
            }
        }
        mine.sort(Comparator.comparingInt(s -> -s.depth));
        if (!mine.isEmpty()) {
            Subscription deep = mine.get(0);
            Link nearer = planner.standby(now, deep);
            if (nearer != null && offered(nearer, deep.esi) + NEARER_HOPS <= deep.depth) {
                step(now, deep, nearer, "nearer");
                return;
            }
        }
        rise(now, mine);
    }

    /**
     * Asks a full node that is nearer to the source to let us change places with a receiver of its
     * that passes the ESI on to nobody: what we carry most comes first.
     */
    private void rise(long now, List<Subscription> mine) {
        Subscription best = null;
        Link nearer = null;
        long most = 0;
        for (Subscription s : mine) {
            int takers = stream.receivers.takers(s.esi);
            for (Link link : takers == 0 ? List.<Link>of() : stream.links.open()) {
                long gain = (long) takers * (s.depth - offered(link, s.esi));
                if (gain > most && link != s.link && mayAsk(now, link, s.esi)) {
                    best = s;
                    nearer = link;
                    most = gain;
                }
            }
        }
        if (best == null || nearer == null) {
            return;
        }
        spreadAt = now + RISE_NANOS / 2 + stream.random().nextLong(RISE_NANOS);
        Loss loss = new Loss(best.esi, best.link.node(), "rises", now, false);
        long from = stream.suppliers.firstMissing(best);
        Suppliers.Wish wish = new Suppliers.Wish(Subscribe.RISE, from, best.link.node());
        stream.suppliers.replace(now, best, nearer, wish, loss);
    }

    private boolean mayAsk(long now, Link link, int esi) {
        Status status = link.status;
        return now >= link.askAgainAt
                && status != null
                && link.substreams < Math.max(1, stream.spec().k() / 4)
                && !status.has(Status.FLAG_LEAVING)
                && link.probesUnanswered == 0
                && !stream.liars.doubts(now, link)
                && !stream.receivers.supplies(link, esi)
                && stream.suppliers.find(link, esi) == null;
    }

    /**
     * Moves a substream to a supplier that carries less: the same ESI, or another where it is free.
     */
    private boolean lighten(long now, Subscription s) {
        Link next = planner.standby(now, s);
        if (next != null && next.substreams + 2 <= s.link.substreams) {
            step(now, s, next, "spread");
            return true;
        }
        if (stream.receivers.passesOn(s.esi)) {
            return false;
        }
        List<Link> links = new ArrayList<>();
        List<Candidate> candidates = planner.candidates(now, links, true);
        for (int i = 0; i < candidates.size(); i++) {
            if (links.get(i).substreams + 2 > s.link.substreams) {
                candidates.set(i, Planner.none(candidates.get(i)));
            }
        }
        List<Pick> picks =
                choice.choose(candidates, stream.suppliers.taken(), 1, planner.maxDepths());
        if (picks.isEmpty()) {
            return false;
        }
        Loss loss = new Loss(s.esi, s.link.node(), "spread", now, false);
        Link other = links.get(picks.get(0).node());
        stream.suppliers.exchange(now, s, other, picks.get(0).esi(), loss);
        return true;
    }

    private void step(long now, Subscription old, Link next, String reason) {
        Loss loss = new Loss(old.esi, old.link.node(), reason, now, false);
        Suppliers.Wish wish = new Suppliers.Wish(0, stream.suppliers.firstMissing(old), 0);
        stream.suppliers.replace(now, old, next, wish, loss);
    }

    private static int offered(Link link, int esi) {
        Status status = link.status;
        if (status != null) {
            for (Status.Offer offer : status.offers()) {
                if (offer.esi() == esi) {
                    return offer.depth();
                }
            }
        }
        return Suppliers.MAX_DEPTH;
    }
}
