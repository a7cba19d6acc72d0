// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Established;
import dev.tributary.transport.seal.Hello;
import dev.tributary.transport.seal.Initiator;
import dev.tributary.transport.seal.Proof;
import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.trust.TicketVerdict;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Introduction;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handshakes of one stream: whom we greet, who greets us, and what is said again. */
final class Greetings {
    private static final long AGAIN_NANOS = 250_000_000;
    private static final int TRIES = 4;
    private static final int ENTRY_TRIES = 6;

    /** Who returned a cookie must finish within this time. */
    private static final long UNPROVEN_NANOS = 3_000_000_000L;

    /** Handshakes that others began here and have not finished. */
    private static final int MOST_HALF_OPEN = 256;

    private final StreamNode stream;

    /** Who has not proved itself here, whoever began. */
    private final List<Link> pending = new ArrayList<>();

    /** Open here, while our finish may be lost: nothing sealed has come yet. */
    private final List<Link> unheard = new ArrayList<>();

    private final byte[] room = new byte[Responder.MAX_PAYLOAD_BYTES];
    private final WireWriter writer = new WireWriter();
    private int halfOpen;
    private int rejects;

    Greetings(StreamNode stream) {
        this.stream = stream;
    }

    /** Nodes that were greeted from here and have not proved themselves. */
    int greeted() {
        return pending.size() - halfOpen;
    }

    private boolean full() {
        return stream.links.openCount() + pending.size() >= Links.MOST;
    }

    /** All that are in a handshake, whoever began it. */
    List<Link> pending() {
        return pending;
    }

    /** Entry addresses that turned us away. */
    int rejects() {
        return rejects;
    }

    void enter(long now, Endpoint endpoint) {
        Link link = begin(now, endpoint);
        if (link != null) {
            link.entry = true;
        }
    }

    void greet(long now, Peer peer) {
        Link link = begin(now, peer.endpoint);
        if (link != null) {
            link.peer = peer;
            peer.link = link;
        }
    }

    private @Nullable Link begin(long now, Endpoint endpoint) {
        int path = stream.post.outbox().path(endpoint);
        for (Link link : pending) {
            if (link.weBegan && link.path == path) {
                return null;
            }
        }
        if (full() || stream.liars.knows(endpoint)) {
            return null;
        }
        Link link = stream.node().newLink(stream, path, endpoint);
        link.weBegan = true;
        link.initiator = new Initiator(
                stream.node().key(), stream.spec().id(), link.localId, stream.random());
        pending.add(link);
        hello(now, link);
        return link;
    }

    private void hello(long now, Link link) {
        Initiator initiator = link.initiator;
        if (initiator != null) {
            sent(now, link);
            stream.post.send(link.path, initiator::hello);
        }
    }

    private static void sent(long now, Link link) {
        link.greetAt = now + (AGAIN_NANOS << Math.min(link.greetings, 3));
        link.greetings++;
        link.probeSentAt = now;
    }

    /** An answer to what was said once only gives a round trip. */
    private static void sample(long now, Link link) {
        if (link.greetings == 1) {
            link.rtt.sample(now - link.probeSentAt);
        }
    }

    /** A cookie came: the hello goes again, with it. */
    void onRetry(long now, Link link, WireReader in) {
        Initiator initiator = link.initiator;
        if (initiator != null && initiator.onRetry(in.array(), in.position(), in.remaining())) {
            link.greetings = 0;
            hello(now, link);
        } else {
            stream.counters.add(Counter.HANDSHAKES_REFUSED);
        }
    }

    /** Somebody greets us, from where it says; false when there is no room. */
    boolean onHello(long now, int path, Hello hello) {
        for (Link link : pending) {
            Responder responder = link.responder;
            if (responder != null && link.path == path && responder.answers(hello)) {
                if (link.greetings < TRIES) {
                    welcome(now, link, responder);
                }
                return true;
            }
        }
        if (full() || halfOpen >= MOST_HALF_OPEN) {
            return false;
        }
        Link link = stream.node().newLink(stream, path, stream.post.outbox().address(path));
        Responder responder = Responder.accept(
                stream.node().key(), hello, link.localId, welcome(now, link), stream.random());
        if (responder == null) {
            stream.node().forget(link);
            stream.counters.add(Counter.HANDSHAKES_REFUSED);
            return true;
        }
        link.responder = responder;
        link.openedAt = now;
        pending.add(link);
        halfOpen++;
        welcome(now, link, responder);
        return true;
    }

    private byte[] welcome(long now, Link link) {
        return payload(new Welcome(
                stream.role().code(),
                link.endpoint,
                stream.access.ticket(),
                stream.reports.greeting(now),
                stream.blocks.joins(),
                told(now),
                stream.membership.records.own.record()));
    }

    /** Who takes part in a closed stream is told to those only who may. */
    private List<Member> told(long now) {
        return stream.spec().closed()
                ? List.of()
                : stream.membership.sample(now, Wire.MAX_MEMBERS, 0);
    }

    /** For whom there is no time: where else to knock. */
    List<Endpoint> others(long now, Endpoint asker) {
        if (stream.spec().closed()) {
            return List.of();
        }
        List<Endpoint> others = stream.membership.addresses(now, Rejection.MOST_OTHERS);
        others.remove(asker);
        return others;
    }

    private void welcome(long now, Link link, Responder responder) {
        sent(now, link);
        stream.post.send(link.path, responder::welcome);
    }

    /** Who we greeted proves itself: the link is open. */
    void onWelcome(long now, Link link, WireReader in) {
        Initiator initiator = link.initiator;
        long expected = link.node();
        Proof proof = initiator == null || link.phase != Link.Phase.GREETING
                ? null
                : initiator.onWelcome(expected, in.array(), in.position(), in.remaining());
        if (initiator == null || proof == null) {
            stream.counters.add(Counter.HANDSHAKES_REFUSED);
            return;
        }
        if (!(message(proof.payload()) instanceof Welcome welcome)) {
            stream.counters.add(Counter.FRAMES_MALFORMED);
            stream.links.close(now, link, "its welcome cannot be read", false);
            return;
        }
        sample(now, link);
        TicketVerdict verdict =
                stream.access.admit(now, link, proof.key(), welcome.role(), welcome.ticket());
        if (verdict != TicketVerdict.GOOD) {
            stream.links.close(now, link, "its ticket: " + verdict.words(), false);
            return;
        }
        NodeRecords records = stream.membership.records;
        if (!stream.links.open(now, link, proof.node(), welcome.role())
                || !records.introduced(now, link, welcome.own())) {
            return;
        }
        records.own.seen(now, link, welcome.you());
        Introduction own = new Introduction(
                stream.role().code(),
                link.endpoint,
                stream.access.ticket(),
                stream.reports.greeting(now),
                records.own.record());
        link.session = initiator.finish(payload(own));
        link.greetings = 0;
        unheard.add(link);
        finish(now, link);
        stream.membership.onMembers(now, link, welcome.members());
        if (stream.playback != null) {
            stream.playback.locate(now, welcome.status(), welcome.joins());
        }
        stream.reports.onStatus(now, link, welcome.status());
        stream.planner.soon();
    }

    private void finish(long now, Link link) {
        Initiator initiator = link.initiator;
        if (initiator != null) {
            sent(now, link);
            stream.post.send(link.path, initiator::finish);
        }
    }

    /** Who greeted us proves itself: the link is open. */
    void onFinish(long now, Link link, WireReader in) {
        if (link.isOpen() && !link.weBegan) {
            // Said again: our answer was lost.
            stream.reports.confirm(now, link);
            return;
        }
        Responder responder = link.responder;
        Established made = responder == null
                ? null
                : responder.onFinish(in.array(), in.position(), in.remaining());
        if (responder == null || made == null) {
            stream.counters.add(Counter.HANDSHAKES_REFUSED);
            if (responder != null && responder.spoiled()) {
                stream.links.close(now, link, "its proof is wrong", false);
            }
            return;
        }
        if (!(message(made.peer().payload()) instanceof Introduction introduction)) {
            stream.counters.add(Counter.FRAMES_MALFORMED);
            stream.links.close(now, link, "its introduction cannot be read", false);
            return;
        }
        sample(now, link);
        link.session = made.session();
        link.givesNothing = introduction.status().slots() == 0;
        Proof peer = made.peer();
        TicketVerdict verdict = stream.access.admit(
                now, link, peer.key(), introduction.role(), introduction.ticket());
        if (verdict != TicketVerdict.GOOD) {
            stream.access.dismiss(now, link, verdict);
            return;
        }
        NodeRecords records = stream.membership.records;
        if (stream.links.open(now, link, peer.node(), introduction.role())
                && records.introduced(now, link, introduction.own())) {
            link.responder = null;
            records.own.seen(now, link, introduction.you());
            stream.reports.confirm(now, link);
            stream.reports.onStatus(now, link, introduction.status());
        }
    }

    /** Turned away, by whoever knows the connection id. */
    void onReject(long now, Link link, int reason, List<Endpoint> others) {
        if (link.phase == Link.Phase.GREETING && link.weBegan) {
            rejects += link.entry && others.isEmpty() ? 1 : 0;
            stream.links.close(now, link, "turned away: " + Rejection.words(reason), false);
            stream.entry.elsewhere(now, others);
        }
    }

    /** Something sealed came: our finish arrived. */
    void onSealed(Link link) {
        if (link.initiator != null) {
            link.initiator = null;
            unheard.remove(link);
        }
    }

    /** The link is open, or gone. */
    void over(Link link) {
        if (pending.remove(link) && !link.weBegan) {
            halfOpen--;
        }
        if (link.phase == Link.Phase.CLOSED) {
            unheard.remove(link);
        }
    }

    private byte[] payload(Message message) {
        writer.reset(room, 0);
        MessageEncoder.encode(message, writer);
        return Arrays.copyOf(room, writer.length());
    }

    private static @Nullable Message message(byte[] payload) {
        WireReader in = new WireReader().reset(payload, 0, payload.length);
        int type = in.u8();
        int bytes = in.u16();
        int at = in.position();
        in.skip(bytes);
        return in.failed()
                ? null
                : MessageDecoder.decode(type, new WireReader().reset(payload, at, bytes));
    }

    long deadline() {
        long next = Long.MAX_VALUE;
        for (Link link : pending) {
            next = Math.min(next, link.weBegan ? link.greetAt : link.openedAt + UNPROVEN_NANOS);
        }
        for (Link link : unheard) {
            next = Math.min(next, link.greetAt);
        }
        return next;
    }

    void onDeadline(long now) {
        for (Link link : new ArrayList<>(pending)) {
            if (!link.weBegan && now - link.openedAt >= UNPROVEN_NANOS) {
                stream.links.close(now, link, "never proved itself", false);
            } else if (link.weBegan && now >= link.greetAt) {
                greetAgain(now, link);
            }
        }
        for (Link link : new ArrayList<>(unheard)) {
            if (now >= link.greetAt && link.greetings >= TRIES) {
                stream.links.close(now, link, "did not hear our proof", link.substreams > 0);
            } else if (now >= link.greetAt) {
                finish(now, link);
            }
        }
    }

    private void greetAgain(long now, Link link) {
        if (link.greetings >= (link.entry ? ENTRY_TRIES : TRIES)) {
            stream.links.close(now, link, "no answer", false);
        } else {
            hello(now, link);
        }
    }
}
