// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.AddressBook;
import dev.tributary.standby.StandbyList;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who else takes part: the address book, whom to get to know, and the standbys. */
final class Membership {
    /** Nodes known at most; a swarm of a few hundred knows nearly everyone. */
    static final int BOOK = 256;

    /** Only nodes that somebody has heard of within this time are told to others. */
    private static final long TOLD_AGE_NANOS = 20_000_000_000L;

    /** Members in one report. */
    static final int TOLD_AT_ONCE = 3;

    /** An alternative must have been heard of by us within this time. */
    private static final long ALTERNATIVE_AGE_NANOS = 2_000_000_000L;

    /** Who was told alternatives is not told again before. */
    private static final long HELPED_NANOS = 500_000_000;

    private static final long TIDY_NANOS = 250_000_000;
    private static final long BUSY_NANOS = 50_000_000;
    private static final int GREETINGS_AT_ONCE = 6;

    /** Greetings that may be saved up, and how many more there are each second. */
    private static final int MOST_GREETINGS = 24;

    private static final double GREETINGS_A_SECOND = 3;

    private final StreamNode stream;
    private final AddressBook book = new AddressBook(BOOK);
    private final @Nullable Peer[] peers = new Peer[BOOK];
    final StandbyList standbys;
    private long tidyAt = Long.MIN_VALUE;
    private int rotation;
    private double greetTokens = MOST_GREETINGS;
    private long greetFilledAt;

    Membership(StreamNode stream) {
        this.stream = stream;
        standbys = new StandbyList(stream.random());
        greetFilledAt = stream.now();
    }

    int size() {
        return book.size();
    }

    @Nullable
    Link linkOf(long node) {
        Peer peer = peer(node);
        return peer == null ? null : peer.link;
    }

    /** What is known of a node, null for nothing. */
    @Nullable
    Peer peer(long node) {
        int entry = book.find(node);
        return entry < 0 ? null : peers[entry];
    }

    private boolean pinned(int entry) {
        Peer peer = peers[entry];
        return peer != null && peer.link != null;
    }

    /** A node that we speak with: its address is where it was reached. */
    @Nullable
    Peer reached(long now, long node, Endpoint endpoint, int role) {
        Peer peer = learn(now, new Member(node, endpoint, role, 0, 0, 0));
        if (peer != null) {
            peer.endpoint = endpoint;
            peer.role = Role.of(role);
            book.reached(peer.entry, now);
        }
        return peer;
    }

    /** News of a node from whomever; null when it is ourselves, too old, or there is no room. */
    @Nullable
    Peer learn(long now, Member member) {
        if (member.node() == stream.nodeId()
                || !member.endpoint().isUsable()
                || stream.liars.knows(member.endpoint())) {
            return null;
        }
        long at = now - member.ageSeconds() * 1_000_000_000L;
        int entry = book.find(member.node());
        if (entry < 0) {
            long prefix = member.endpoint().prefix();
            entry = book.add(member.node(), prefix, now, at, this::pinned);
            if (entry < 0) {
                return null;
            }
            peers[entry] =
                    new Peer(member.node(), entry, member.endpoint(), Role.of(member.role()));
        }
        Peer peer = peers[entry];
        if (peer != null) {
            book.heard(entry, at);
            peer.slots = member.slots() > 0 ? member.slots() : peer.slots;
            peer.depth = member.depth() > 0 ? member.depth() : peer.depth;
        }
        return peer;
    }

    void onMembers(long now, List<Member> members) {
        for (Member member : members) {
            learn(now, member);
        }
    }

    /**
     * Others that may help, from one who could not: whoever lacks substreams greets them at once.
     */
    void suggest(long now, List<Member> members) {
        onMembers(now, members);
        if (linksLacking() <= 0 || stream.role() == Role.SOURCE) {
            return;
        }
        for (Member member : members) {
            int entry = book.find(member.node());
            Peer peer = entry < 0 ? null : peers[entry];
            if (peer != null && peer.link == null && book.mayTry(entry, now) && mayGreet(now)) {
                stream.greetings.greet(now, peer);
            }
        }
    }

    /** Those to whom a supplier sends us: nobody else can take its place. */
    void meet(long now, List<Member> successors) {
        onMembers(now, successors);
        for (Member member : successors) {
            Peer peer = peer(member.node());
            if (peer != null && peer.link == null && book.mayTry(peer.entry, now)) {
                stream.greetings.greet(now, peer);
            }
        }
    }

    /** In a crowd that lacks much, all would greet all: a handshake costs more than it brings. */
    private boolean mayGreet(long now) {
        double filled = greetTokens + (now - greetFilledAt) * GREETINGS_A_SECOND / 1e9;
        greetTokens = Math.min(MOST_GREETINGS, filled);
        greetFilledAt = now;
        if (greetTokens < 1) {
            return false;
        }
        greetTokens--;
        return true;
    }

    /**
     * Gets to know the supplier's own supplier of what others take from here: should the supplier
     * go, its slot there is ours.
     */
    void meetUpstreams(long now, List<Status.Upstream> upstreams) {
        for (Status.Upstream upstream : upstreams) {
            if (stream.receivers.passesOn(upstream.esi()) && linkOf(upstream.node()) == null) {
                Member member = new Member(
                        upstream.node(), upstream.endpoint(), Role.VIEWER.code(), 0, 0, 0);
                Peer peer = learn(now, member);
                if (peer != null && peer.link == null && book.mayTry(peer.entry, now)) {
                    stream.greetings.greet(now, peer);
                }
            }
        }
    }

    void heard(long now, Link link) {
        Peer peer = link.peer;
        if (peer != null && book.holds(peer.entry)) {
            book.heard(peer.entry, now);
        }
    }

    void failed(long now, Peer peer) {
        if (book.find(peer.node) == peer.entry) {
            book.failed(peer.entry, now);
            standbys.remove(peer.entry);
        }
    }

    /** The node said that it is leaving. */
    void left(Peer peer) {
        standbys.remove(peer.entry);
        if (book.find(peer.node) == peer.entry) {
            book.remove(peer.entry);
            peers[peer.entry] = null;
        }
    }

    /** Members for a newcomer or a report: random, and heard of lately. */
    List<Member> sample(long now, int most, long except) {
        List<Member> members = new ArrayList<>();
        int[] entries = book.sample(most, stream.random(), entry -> {
            Peer peer = peers[entry];
            boolean known = peer != null && peer.node != except;
            return known && book.ageNanos(entry, now) < TOLD_AGE_NANOS;
        });
        for (int entry : entries) {
            Peer peer = peers[entry];
            if (peer != null) {
                members.add(peer.member(book.ageNanos(entry, now)));
            }
        }
        return members;
    }

    List<Member> report(long now, Link link) {
        return sample(now, TOLD_AT_ONCE, link.node());
    }

    /**
     * For a refusal: nodes heard of within 2 s, rotated; first who said to have room, then our own
     * receivers. In a crowd only the newest nodes have room, and they do not know each other yet.
     */
    List<Member> alternatives(long now, Link asker) {
        List<Member> roomy = new ArrayList<>();
        List<Member> own = new ArrayList<>();
        List<Member> others = new ArrayList<>();
        if (now - asker.helpedAt < HELPED_NANOS) {
            return own;
        }
        asker.helpedAt = now;
        List<Link> open = stream.links.open();
        rotation++;
        for (int i = 0; i < open.size(); i++) {
            Link link = open.get((i + rotation) % open.size());
            Peer peer = link.peer;
            Status status = link.status;
            boolean able = status == null || !status.has(Status.FLAG_NO_UPLOAD);
            if (peer != null
                    && link != asker
                    && able
                    && now - link.heardAt < ALTERNATIVE_AGE_NANOS) {
                boolean room = status != null && status.freeSlots() > 0;
                (room ? roomy : !link.supplied.isEmpty() ? own : others)
                        .add(peer.member(now - link.heardAt));
            }
        }
        roomy.addAll(own);
        roomy.addAll(others);
        return roomy.subList(0, Math.min(roomy.size(), Wire.MAX_ALTERNATIVES));
    }

    /** For a receiver that must move: our own supplier of its substream first. */
    List<Member> successors(long now, Link receiver, List<Integer> esis) {
        List<Member> members = new ArrayList<>();
        for (int esi : esis) {
            Subscription s = stream.suppliers.active(esi);
            Peer peer = s == null || s.link == receiver ? null : s.link.peer;
            if (peer != null && members.size() < Wire.MAX_ALTERNATIVES / 2) {
                members.add(peer.member(0));
            }
        }
        for (Member member : alternatives(now, receiver)) {
            if (members.size() < Wire.MAX_ALTERNATIVES && !members.contains(member)) {
                members.add(member);
            }
        }
        return members;
    }

    long deadline() {
        return tidyAt;
    }

    void onDeadline(long now) {
        if (now < tidyAt) {
            return;
        }
        book.expire(now, this::pinned);
        boolean lacking = stream.role() != Role.SOURCE && stream.planner.lacking();
        if (stream.role() != Role.SOURCE) {
            meet(now);
            chooseStandbys(now);
        }
        for (int i = 0; i < standbys.size(); i++) {
            Peer peer = peers[standbys.node(i)];
            if (standbys.probeDue(i, now) && peer != null && peer.link != null) {
                stream.links.probe(now, peer.link);
            }
        }
        tidyAt = now + (lacking ? BUSY_NANOS : TIDY_NANOS);
    }

    /**
     * How many more links are wanted: enough for K suppliers, the standbys and some choice. While
     * substreams lack it is twice that, and full nodes do not count: the newest have room.
     */
    private int linksLacking() {
        int usual = stream.spec().k() + StandbyList.SIZE + 2;
        if (!stream.planner.lacking()) {
            return usual - stream.links.size();
        }
        int full = 0;
        for (Link link : stream.links.open()) {
            Status status = link.status;
            full += status != null && status.freeSlots() == 0 && !link.inUse() ? 1 : 0;
        }
        return 2 * usual - stream.links.size() + full;
    }

    /** Gets to know enough nodes: K suppliers, the standbys and a few more. */
    private void meet(long now) {
        int most = Math.min(linksLacking(), GREETINGS_AT_ONCE - stream.greetings.greeted());
        if (most <= 0) {
            return;
        }
        int[] entries = book.sample(most, stream.random(), entry -> {
            Peer peer = peers[entry];
            return peer != null && peer.link == null && book.mayTry(entry, now);
        });
        for (int entry : entries) {
            Peer peer = peers[entry];
            if (peer != null && mayGreet(now)) {
                stream.greetings.greet(now, peer);
            }
        }
    }

    private void chooseStandbys(long now) {
        for (int i = standbys.size() - 1; i >= 0; i--) {
            Peer peer = peers[standbys.node(i)];
            Link link = peer == null ? null : peer.link;
            if (link == null || link.substreams > 0 || !useful(link)) {
                standbys.remove(standbys.node(i));
            }
        }
        List<Link> open = stream.links.open();
        for (int i = 0; i < open.size() && standbys.size() < StandbyList.SIZE; i++) {
            Link link = open.get((i + rotation) % open.size());
            Peer peer = link.peer;
            if (peer != null && link.substreams == 0 && useful(link)) {
                standbys.add(peer.entry, now);
            }
        }
        rotation++;
    }

    /** A full source is nobody's standby: all would ask it all the time how it is. */
    private static boolean useful(Link link) {
        Status status = link.status;
        return status != null
                && status.slots() > 0
                && link.isOpen()
                && !status.has(Status.FLAG_LEAVING)
                && !status.has(Status.FLAG_NO_UPLOAD)
                && (link.peer == null || link.peer.role != Role.SOURCE || status.freeSlots() > 0);
    }
}
