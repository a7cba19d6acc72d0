// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.SupplierHealth;
import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.List;

/** Watches every substream: who is late, who is suspect, who has stopped or is congested. */
final class Watchdog {
    /** Timers closer than this are one: a wake-up costs more than 10 ms of patience. */
    private static final long GRID_NANOS = 10_000_000;

    /** A symbol may be the first of its block: the others are due soon after. */
    private static final long NEW_BLOCK_NANOS = 15_000_000;

    /** A starved supplier gets so long to mend itself. */
    private static final long REPAIR_TIME_NANOS = 600_000_000;

    /** A granted substream that brings nothing for so long, while others bring blocks, is dead. */
    private static final long NEVER_SENT_NANOS = 700_000_000;

    private static final long SLOWER_NANOS = 50_000_000;

    /** A supplier falls behind when it has been slower than the others for so long. */
    private static final long SLOW_NANOS = 1_000_000_000;

    /** Without a datagram for so long a link is probed, whatever its substreams do. */
    private static final long SILENCE_NANOS = 1_300_000_000L;

    /** A congested supplier without a standby is looked at anew after so long. */
    private static final long CONGESTED_AGAIN_NANOS = 2_000_000_000L;

    /** So long into a silence it is asked once: perhaps our own address has changed. */
    private static final long HUSH_NANOS = 200_000_000;

    private static final int SILENT_PROBES = 3;

    private final StreamNode stream;
    private long checkAt = Long.MIN_VALUE;
    private boolean hurried;

    Watchdog(StreamNode stream) {
        this.stream = stream;
    }

    long deadline() {
        return checkAt;
    }

    /** Whether a supplier is asked, in doubt or being replaced, so that milliseconds count. */
    boolean hurried() {
        return hurried;
    }

    /** A request is out: from now on somebody may be late. */
    void onAsked(long now) {
        hurried = true;
        checkAt = Math.min(checkAt, now + NEW_BLOCK_NANOS);
    }

    /** A symbol came: whatever was judged before may look better now. */
    void onSymbol(long now, Subscription s) {
        if (s.suspect() && !s.health.suspect()) {
            clear(now, s);
        }
        checkAt = Math.min(checkAt, now + NEW_BLOCK_NANOS);
    }

    void onDeadline(long now) {
        if (now < checkAt) {
            return;
        }
        long next = Long.MAX_VALUE;
        hurried = false;
        for (Subscription s : new ArrayList<>(stream.suppliers.all())) {
            if (s.active()) {
                next = Math.min(next, check(now, s));
            }
            hurried |= s.doubtSince >= 0 || s.suspect() || s.beingReplaced || !s.active();
        }
        for (Link link : new ArrayList<>(stream.links.open())) {
            if (link.substreams > 0) {
                next = Math.min(next, silence(now, link));
            }
        }
        checkAt = Math.max(now + GRID_NANOS, next);
    }

    private long check(long now, Subscription s) {
        if (!s.health.started()) {
            long waited = now - s.grantedAt;
            boolean others = stream.blocks.newestComplete() > s.fromBlock;
            boolean able = started(s) || s.replaces != null;
            if (waited > NEVER_SENT_NANOS && others && able) {
                stream.note(now, "never sent: esi " + s.esi + " by " + s.link.name());
                s.link.askAgainAt = now + NEVER_SENT_NANOS;
                stream.suppliers.release(s);
                stream.planner.soon();
                return Long.MAX_VALUE;
            }
            return now + NEVER_SENT_NANOS / 4;
        }
        long due = judge(now, s);
        if (s.suspect() && !s.health.suspect()) {
            clear(now, s);
        }
        doubt(now, s);
        if (s.health.suspect() && !s.suspect() && !s.beingReplaced) {
            suspect(now, s);
        }
        if (s.suspect()) {
            return Math.min(due, decide(now, s));
        }
        if (!s.beingReplaced && s.replaces == null) {
            if (s.health.congested()) {
                congested(now, s, "congested: loses symbols");
            } else if (slowForLong(now, s)) {
                congested(now, s, "congested: falls behind");
            }
        }
        return due;
    }

    /** Where something breaks far above, all below are late for a while, and none should move. */
    private boolean slowForLong(long now, Subscription s) {
        if (!slow(s)) {
            s.slowSince = -1;
        } else if (s.slowSince < 0) {
            s.slowSince = now;
        }
        return s.slowSince >= 0 && now - s.slowSince > SLOW_NANOS;
    }

    /** Its symbols come, but much later than those of the others: a queue grows on its way. */
    private boolean slow(Subscription s) {
        long lag = s.health.lag().meanNanos();
        return lag > stream.spec().delayNanos() / 3
                && lag > 3 * stream.suppliers.meanLagNanos() + SLOWER_NANOS;
    }

    private static boolean started(Subscription s) {
        Status status = s.link.status;
        return status != null && status.head() >= 0;
    }

    /** Judges what is due; returns when the next block will be. */
    private long judge(long now, Subscription s) {
        SupplierHealth health = s.health;
        while (health.nextBlock() <= stream.blocks.newest()) {
            long due = dueNanos(s, health.nextBlock());
            if (due > now && !health.arrived(health.nextBlock())) {
                return due;
            }
            if (health.judgeNext()) {
                stream.repairs.later(now);
            }
        }
        return Long.MAX_VALUE;
    }

    private long dueNanos(Subscription s, long block) {
        return stream.clock.arrivalNanos(stream.blocks.millis(block)) + s.health.overdueNanos();
    }

    /** One miss short of suspicion the supplier is asked whether it lives: that saves a block. */
    private void doubt(long now, Subscription s) {
        if (s.health.missesInRow() < SupplierHealth.SUSPECT_MISSES - 1) {
            s.doubtSince = -1;
        } else if (s.doubtSince < 0) {
            s.doubtSince = now;
            stream.links.probe(now, s.link);
        }
    }

    private void suspect(long now, Subscription s) {
        s.suspectSince = now;
        stream.counters.add(Counter.SUSPECTS);
        stream.note(
                now,
                "suspect: esi " + s.esi + " of " + s.link.name() + " from block "
                        + s.health.nextBlock());
        stream.repairs.soon();
        Link standby = stream.planner.standby(now, s);
        if (standby != null) {
            Suppliers.Wish hold = new Suppliers.Wish(Subscribe.HOLD, -1, 0);
            for (Subscription held : stream.suppliers.ask(now, standby, List.of(s.esi), hold)) {
                s.hold = held;
            }
        }
    }

    private void clear(long now, Subscription s) {
        s.suspectSince = -1;
        Subscription hold = s.hold;
        s.hold = null;
        if (hold != null && stream.suppliers.all().contains(hold)) {
            stream.suppliers.release(hold);
        }
        stream.note(now, "well again: esi " + s.esi + " of " + s.link.name());
    }

    private long decide(long now, Subscription s) {
        Link link = s.link;
        long timeout = link.timeoutNanos();
        long asked = s.doubtSince < 0 ? s.suspectSince : s.doubtSince;
        boolean heard = link.heardAt > asked;
        if (!heard && now - asked >= timeout) {
            stream.links.close(now, link, "stopped", true);
            return Long.MAX_VALUE;
        }
        if (!heard) {
            if (now - link.probeSentAt >= timeout / 3) {
                stream.links.probe(now, link);
            }
            return Math.min(asked + timeout, now + timeout / 3);
        }
        boolean silent = s.health.missesInRow() >= SupplierHealth.STOPPED_MISSES;
        boolean patient = starved(s) && now - s.suspectSince < REPAIR_TIME_NANOS;
        if (silent && !patient && now - s.suspectSince >= timeout) {
            takeOver(now, s, starved(s) ? "starved" : "stopped sending");
            return Long.MAX_VALUE;
        }
        return now + GRID_NANOS;
    }

    private static boolean starved(Subscription s) {
        Status status = s.link.status;
        if (status == null) {
            return false;
        }
        for (Status.Offer offer : status.offers()) {
            if (offer.esi() == s.esi) {
                return (offer.flags() & Status.Offer.STARVED) != 0;
            }
        }
        return true;
    }

    private Suppliers.Wish orphan(Subscription s) {
        return new Suppliers.Wish(Subscribe.ORPHAN, stream.suppliers.firstMissing(s), 0);
    }

    /** The supplier lives but this substream does not: the held standby continues it. */
    private void takeOver(long now, Subscription s, String reason) {
        Loss loss = new Loss(s.esi, s.link.node(), reason, s.lastSymbolAt, true);
        Subscription hold = s.hold;
        s.hold = null;
        Link next = hold != null && hold.phase == Subscription.Phase.HELD ? hold.link : null;
        next = next == null ? stream.planner.standby(now, s) : next;
        s.link.askAgainAt = now + NEVER_SENT_NANOS;
        if (next != null) {
            stream.suppliers.replace(now, s, next, orphan(s), loss);
            s.suspectSince = -1;
            s.health.forgive();
        } else {
            stream.suppliers.tellUnwanted(s.link, s.esi);
            stream.losses.lose(now, s, loss);
        }
    }

    private void congested(long now, Subscription s, String reason) {
        s.health.forgive();
        if (now < s.congestedUntil) {
            return;
        }
        s.congestedUntil = now + CONGESTED_AGAIN_NANOS;
        Link next = stream.planner.standby(now, s);
        if (next != null) {
            stream.note(now, reason + ", esi " + s.esi + " of " + s.link.name());
            Loss loss = new Loss(s.esi, s.link.node(), reason, now, true);
            s.link.askAgainAt = now + 4 * NEVER_SENT_NANOS;
            stream.suppliers.replace(now, s, next, orphan(s), loss);
        }
    }

    /**
     * A link that carries substreams but nothing at all: needed where there is one supplier only.
     */
    private long silence(long now, Link link) {
        long silent = now - Math.max(link.heardAt, link.openedAt);
        if (silent < HUSH_NANOS) {
            return now - silent + HUSH_NANOS;
        }
        if (silent < SILENCE_NANOS) {
            if (link.probeSentAt < link.heardAt) {
                stream.post.send(link, stream.links.sample(now, link));
            }
            return now - silent + SILENCE_NANOS;
        }
        if (link.probesUnanswered >= SILENT_PROBES) {
            stream.links.close(now, link, "stopped", true);
            return Long.MAX_VALUE;
        }
        if (now - link.probeSentAt >= link.timeoutNanos()) {
            stream.links.probe(now, link);
        }
        return now + link.timeoutNanos();
    }
}
