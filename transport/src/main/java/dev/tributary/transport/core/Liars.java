// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.core.Subscription.Loss;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Wrong;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Who sends what the source did not make. A node that says that it has checked a wrong symbol is a
 * liar: dropped, and never dealt with again. One that did not say so may have passed on in good
 * faith: it is told, its symbols of that ESI are set aside until one proves right, and if a wrong
 * one comes more than a second later it is replaced.
 */
final class Liars {
    /** The oldest are forgotten. */
    private static final int MOST = 512;

    /** So long after it was told a node has no more wrong symbols on their way. */
    private static final long GRACE_NANOS = 1_000_000_000L;

    /** A poor supplier is not asked again for so long. */
    private static final long POOR_NANOS = 30_000_000_000L;

    private record Liar(long node, Endpoint endpoint) {}

    private final StreamNode stream;
    private final Deque<Liar> known = new ArrayDeque<>();

    Liars(StreamNode stream) {
        this.stream = stream;
    }

    /** By its address: a node can make itself another key within a millisecond. */
    boolean knows(Endpoint endpoint) {
        for (Liar liar : known) {
            if (liar.endpoint.equals(endpoint)) {
                return true;
            }
        }
        return false;
    }

    /** By its id: it may have moved. */
    boolean knows(long node) {
        for (Liar liar : known) {
            if (liar.node == node) {
                return true;
            }
        }
        return false;
    }

    /** Those that were caught, the first of them first. */
    List<Long> nodes() {
        return known.stream().map(Liar::node).toList();
    }

    /** A proved lie. */
    void caught(long now, Link link, String what) {
        if (knows(link.endpoint)) {
            return;
        }
        stream.counters.add(Counter.LIARS);
        stream.note(now, "liar: " + link.name() + " " + what);
        known.addLast(new Liar(link.node(), link.endpoint));
        if (known.size() > MOST) {
            known.removeFirst();
        }
        Peer peer = link.peer;
        stream.links.close(now, link, "it " + what, true);
        if (peer != null) {
            stream.membership.left(peer);
        }
        stream.mending.soon();
    }

    /** Whether a symbol from there counts only once it is known, unless it was checked there. */
    boolean setsAside(long now, Link link, int esi) {
        Doubts doubts = link.doubts;
        return now < link.setAsideUntil || (doubts != null && doubts.setsAside(now, esi));
    }

    /** Whether nothing more is asked for there: what comes from there now is not believed. */
    boolean doubts(long now, Link link) {
        Doubts doubts = link.doubts;
        return now < link.setAsideUntil || (doubts != null && doubts.any(now));
    }

    /** A symbol that was set aside proved right. */
    void right(Link link, Block block, int esi) {
        Doubts doubts = link.doubts;
        if (doubts != null) {
            doubts.right(sentAt(block), esi);
        }
    }

    /** A wrong symbol that its sender had not checked. */
    void tell(long now, Link link, Block block, int esi) {
        if (!link.isOpen()) {
            return;
        }
        stream.post.send(link, new Wrong(block.number, esi));
        Doubts doubts = link.doubts;
        if (doubts == null) {
            doubts = new Doubts(stream.spec().n());
            link.doubts = doubts;
        }
        boolean aside = setsAside(now, link, esi);
        if (doubts.wrong(now, esi)) {
            stream.note(now, "wrong symbols from " + link.name() + " esi " + esi);
        } else if (sentAt(block) > doubts.toldAt(esi) + GRACE_NANOS) {
            replace(now, link);
        }
        if (!aside) {
            stream.planner.soon();
            stream.mending.soon();
        }
    }

    /** When the symbols of a block were on their way. */
    private long sentAt(Block block) {
        return stream.clock.arrivalNanos(block.millis());
    }

    private void replace(long now, Link link) {
        stream.counters.add(Counter.POOR_SUPPLIERS);
        stream.note(now, "wrong symbols go on from " + link.name() + ": replaced");
        link.doubts = null;
        link.setAsideUntil = now + POOR_NANOS;
        link.askAgainAt = now + POOR_NANOS;
        List<Integer> esis = new ArrayList<>();
        for (Subscription s : new ArrayList<>(stream.suppliers.all())) {
            if (s.link == link) {
                esis.add(s.esi);
                Loss loss = new Loss(s.esi, link.node(), "sends wrong", s.lastSymbolAt, true);
                stream.losses.lose(now, s, loss);
            }
        }
        if (!esis.isEmpty()) {
            stream.post.send(link, new Unsubscribe(esis));
        }
        stream.mending.soon();
    }
}
