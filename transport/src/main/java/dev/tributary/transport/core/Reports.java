// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Status.Offer;
import dev.tributary.transport.wire.Status.Upstream;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What nodes tell each other of themselves: keep-alive, report and lease in one message. */
final class Reports {
    static final long REPORT_NANOS = 1_000_000_000L;

    private static final long ASKED_AGAIN_NANOS = REPORT_NANOS * 8 / 5;

    /** An ESI that brought nothing for so long is starved. */
    private static final long STARVED_NANOS = 250_000_000;

    /** Probes of a link that come closer than this get one answer. */
    private static final long ANSWERS_APART_NANOS = 10_000_000;

    private final StreamNode stream;
    private int rotation;

    Reports(StreamNode stream) {
        this.stream = stream;
    }

    /** How this node stands, for one reader. */
    Status status(long now, Link reader) {
        return status(now, upstreams(reader));
    }

    /** The same for a handshake, which has no room for upstreams. */
    Status greeting(long now) {
        return status(now, List.of());
    }

    private Status status(long now, List<Upstream> upstreams) {
        int flags = 0;
        flags |= stream.receivers.leaving() ? Status.FLAG_LEAVING : 0;
        flags |= stream.receivers.slots() == 0 ? Status.FLAG_NO_UPLOAD : 0;
        flags |= stream.blocks.newestComplete() >= 0 ? Status.FLAG_STARTED : 0;
        return new Status(
                flags,
                stream.blocks.newestComplete(),
                stream.blocks.oldest(),
                stream.clock.sourceMillis(now),
                stream.receivers.freeSlots(false),
                stream.receivers.slots(),
                stream.receivers.buildDepth(),
                stream.manifests.feed().offeredDepth(),
                stream.role() == Role.SOURCE ? sourceOffers() : offers(now),
                upstreams);
    }

    /** The source offers 2K ESIs and starts with another each time, so that they spread evenly. */
    private List<Offer> sourceOffers() {
        int count = Math.min(2 * stream.spec().k(), stream.spec().n());
        rotation = (rotation + stream.spec().k() / 2 + 1) % count;
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            offers.add(new Offer((i + rotation) % count, 1, 0));
        }
        offers.sort(Comparator.comparingInt(o -> stream.receivers.takers(o.esi())));
        return offers;
    }

    /** The own substream first: the ESI that comes by the shortest way. */
    private List<Offer> offers(long now) {
        List<Offer> offers = new ArrayList<>();
        for (Subscription s : stream.suppliers.all()) {
            if (s.active() && !s.beingReplaced && s.depth + 1 < Suppliers.MAX_DEPTH) {
                boolean starved = s.suspect() || (s.flows && now - s.lastSymbolAt > STARVED_NANOS);
                int flags = starved ? Offer.STARVED : 0;
                flags |= stream.receivers.passesOn(s.esi) ? Offer.PASSED_ON : 0;
                offers.add(new Offer(s.esi, s.depth + 1, flags));
            }
        }
        offers.sort(Comparator.comparingInt(Offer::depth));
        return offers;
    }

    private List<Upstream> upstreams(Link reader) {
        List<Upstream> upstreams = new ArrayList<>();
        for (Supply s : reader.supplied) {
            Subscription from = stream.suppliers.active(s.esi);
            Peer peer = from == null ? null : from.link.peer;
            boolean room = upstreams.size() < Wire.MAX_UPSTREAMS;
            if (room && peer != null && peer.record != null) {
                upstreams.add(new Upstream(s.esi, peer.node));
            }
        }
        return upstreams;
    }

    /** Where a report is due each second, the answer is the next one. */
    void answerProbe(long now, Link link, int token) {
        boolean busy = !link.inUse() && stream.uplink.behind(now);
        if (busy || now - link.answeredAt < ANSWERS_APART_NANOS) {
            stream.counters.add(Counter.PROBES_IGNORED);
            return;
        }
        link.answeredAt = now;
        if (link.inUse()) {
            report(now, link, token);
        } else {
            send(link, new StatusReport(token, status(now, link)));
        }
    }

    /** The first sealed word to whoever proved itself: its proof arrived. */
    void confirm(long now, Link link) {
        send(link, new StatusReport(0, status(now, link)));
        if (stream.spec().closed()) {
            // The welcome could not say it to somebody without a name.
            List<Member> members = stream.membership.sample(now, Wire.MAX_MEMBERS, link.node());
            stream.post.send(link, new Members(members));
        }
    }

    private void send(Link link, Message... report) {
        List<Message> frames = new ArrayList<>(List.of(report));
        Message.End end = stream.end();
        if (end != null) {
            frames.add(end);
        }
        Message ticket = stream.access.showing(link);
        if (ticket != null) {
            frames.add(ticket);
        }
        stream.post.send(link, frames.toArray(Message[]::new));
    }

    void onStatus(long now, Link link, Status told) {
        long head = told.has(Status.FLAG_STARTED) ? stream.widen(told.head()) : -1;
        long tail = told.has(Status.FLAG_STARTED) ? stream.widen(told.tail()) : 0;
        link.status = new Status(
                told.flags(),
                head,
                tail,
                told.sourceMillis(),
                told.freeSlots(),
                told.slots(),
                told.buildDepth(),
                told.manifestDepth(),
                told.offers(),
                told.upstreams());
        link.statusAt = now;
        if (head >= 0) {
            stream.clock.onHint(now, told.sourceMillis());
        }
        stream.membership.meetUpstreams(now, link, told.upstreams());
    }

    /** To those who supply us: whoever we served may ask them in our place. */
    void tellSuppliers(long now) {
        for (Link link : stream.links.open()) {
            if (link.substreams > 0) {
                send(link, new StatusReport(0, status(now, link)));
            }
        }
    }

    /** Once a second to everybody that something flows to or from. */
    void onDeadline(long now) {
        for (Link link : stream.links.open()) {
            if (link.inUse() && now >= link.reportAt) {
                report(now, link, 0);
            }
        }
    }

    /**
     * A supplier is asked for its own report in the same datagram: when it dies, the timeout must
     * rest on round trips of this minute and not on those of a busy start. Who was just asked waits
     * to be asked again before it reports by itself.
     */
    private void report(long now, Link link, int token) {
        boolean asked = token != 0;
        link.reportAt = now
                + (asked ? ASKED_AGAIN_NANOS : REPORT_NANOS)
                - REPORT_NANOS / 10
                + stream.random().nextLong(REPORT_NANOS / 5);
        List<Message> report = new ArrayList<>();
        report.add(new StatusReport(token, status(now, link)));
        report.add(new Members(stream.membership.report(now, link)));
        boolean sampled = asked && now - link.probeSentAt < ASKED_AGAIN_NANOS;
        if (link.substreams > 0 && !sampled) {
            report.add(stream.links.sample(now, link));
        }
        send(link, report.toArray(Message[]::new));
    }
}
