// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The substreams that were lost, and the takeovers that made them good. */
final class Losses {
    /** More than any session needs to tell what happened. */
    private static final int MAX_KEPT = 256;

    private final StreamNode stream;
    private final Deque<Loss> open = new ArrayDeque<>();
    private final List<StreamSnapshot.Takeover> takeovers = new ArrayList<>();

    Losses(StreamNode stream) {
        this.stream = stream;
    }

    /**
     * A substream is lost. Its held standby continues it; an orphan that others depend on asks its
     * supplier's own supplier; else whoever comes next makes the loss good.
     */
    void lose(long now, Subscription s, Loss loss) {
        long from = stream.suppliers.firstMissing(s);
        Subscription hold = s.hold;
        Link next = hold != null && hold.phase == Subscription.Phase.HELD ? hold.link : null;
        long dead = 0;
        if (next == null && stream.receivers.passesOn(s.esi)) {
            next = upstream(s);
            dead = s.link.isOpen() ? 0 : s.link.node(); // who lives keeps its slot there
        }
        if (next != null) {
            s.hold = null;
        }
        stream.suppliers.drop(s);
        if (next != null) {
            Suppliers.Wish wish = new Suppliers.Wish(Subscribe.ORPHAN, from, dead);
            for (Subscription asked : stream.suppliers.ask(now, next, List.of(s.esi), wish)) {
                asked.loss = loss;
            }
        } else if (open.size() < MAX_KEPT) {
            open.add(loss);
        }
        stream.planner.soon();
    }

    private @Nullable Link upstream(Subscription s) {
        Status status = s.link.status;
        if (status != null) {
            for (Status.Upstream upstream : status.upstreams()) {
                Link link = stream.membership.linkOf(upstream.node());
                if (upstream.esi() == s.esi && link != null && link.isOpen() && link != s.link) {
                    return stream.receivers.supplies(link, s.esi)
                                    || stream.suppliers.find(link, s.esi) != null
                            ? null
                            : link;
                }
            }
        }
        return null;
    }

    /** The link is gone: everything that it carried is lost at once. */
    void onLinkGone(long now, Link link, String reason, boolean takeover) {
        for (Subscription s : new ArrayList<>(stream.suppliers.all())) {
            if (s.link != link) {
                continue;
            }
            boolean mattered = s.active() && !s.beingReplaced;
            Subscription replacement = replacementOf(s);
            Loss loss = new Loss(s.esi, link.node(), reason, s.lastSymbolAt, takeover);
            Loss owed = s.loss;
            if (mattered) {
                lose(now, s, loss);
            } else {
                if (replacement != null && s.active()) {
                    replacement.loss = loss;
                }
                stream.suppliers.drop(s);
                if (owed != null && s.replaces == null) {
                    open.add(owed);
                }
            }
        }
    }

    private @Nullable Subscription replacementOf(Subscription old) {
        for (Subscription s : stream.suppliers.all()) {
            if (s.replaces == old) {
                return s;
            }
        }
        return null;
    }

    /** Whether a loss waits for whoever comes next. */
    boolean waiting() {
        return !open.isEmpty();
    }

    @Nullable
    Loss take(int esi) {
        for (Loss loss : open) {
            if (loss.esi() == esi) {
                open.remove(loss);
                return loss;
            }
        }
        return null;
    }

    /** A substream flows: it makes good the loss that it was asked for, else the oldest. */
    void onFirstSymbol(long now, Subscription s) {
        Loss loss = s.loss != null ? s.loss : open.pollFirst();
        s.loss = null;
        if (loss != null) {
            made(now, s, loss);
        }
    }

    private void made(long now, Subscription s, Loss loss) {
        long took = now - loss.sinceNanos();
        String what = loss.reason() + ": esi " + loss.esi() + " " + Peer.name(loss.from())
                + " -> esi " + s.esi + " " + s.link.name() + " after " + took / 1_000_000 + " ms";
        if (!loss.takeover()) {
            stream.counters.add(Counter.MOVES);
            stream.note(now, "moved, " + what);
            return;
        }
        stream.counters.add(Counter.TAKEOVERS);
        stream.note(now, "takeover, " + what);
        if (takeovers.size() < MAX_KEPT) {
            takeovers.add(new StreamSnapshot.Takeover(
                    now - stream.startedAt(),
                    loss.esi(),
                    loss.from(),
                    s.link.node(),
                    loss.reason(),
                    took));
        }
    }

    List<StreamSnapshot.Takeover> takeovers() {
        return List.copyOf(takeovers);
    }
}
