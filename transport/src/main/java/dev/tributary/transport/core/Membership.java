// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.AddressBook;
import dev.tributary.standby.StandbyList;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Status;
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
    static final long ALTERNATIVE_AGE_NANOS = 2_000_000_000L;

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
    final NodeRecords records;
    final Referrals referrals;
    private long tidyAt = Long.MIN_VALUE;
    private int rotation;

    /** In a crowd that lacks much, all would greet all: a handshake costs more than it brings. */
    private final Allowance greetings = new Allowance(MOST_GREETINGS, GREETINGS_A_SECOND);

    Membership(StreamNode stream) {
        this.stream = stream;
        standbys = new StandbyList(stream.random());
        records = new NodeRecords(stream, this);
        referrals = new Referrals(stream);
    }

    int size() {
        return book.size();
    }

    /** Nodes that are known, or may be soon: their records were asked for. */
    int others() {
        return book.size() + records.wanted();
    }

    /** What is known of a node, null for nothing. */
    @Nullable
    Peer peer(long node) {
        int entry = book.find(node);
        return entry < 0 ? null : peers[entry];
    }

    @Nullable
    Link linkOf(long node) {
        Peer peer = peer(node);
        return peer == null ? null : peer.link;
    }

    /** What a node said of itself; null when it is not here. */
    @Nullable
    NodeRecord recordOf(long node) {
        Peer peer = peer(node);
        return peer == null ? null : peer.record;
    }

    private boolean pinned(int entry) {
        Peer peer = peers[entry];
        return peer != null && peer.link != null;
    }

    /** A node that we speak with: its address is where it was reached. */
    @Nullable
    Peer reached(long now, long node, Endpoint endpoint, int role) {
        Peer peer = place(now, now, node, endpoint);
        if (peer != null) {
            move(now, peer, endpoint);
            peer.role = Role.of(role);
            peer.failedAt = Long.MAX_VALUE;
            book.reached(peer.entry, now);
        }
        return peer;
    }

    /** A node whose record was checked; null when there is no room, or it is a liar. */
    @Nullable
    Peer enter(long now, long at, long node, NodeRecord record) {
        Peer peer = place(now, at, node, record.endpoint());
        if (peer != null) {
            peer.record = record;
            peer.failedAt = Long.MAX_VALUE;
            Link link = peer.link;
            if (link == null || !link.isOpen()) {
                move(now, peer, record.endpoint());
                peer.role = Role.of(record.role());
            }
        }
        return peer;
    }

    private @Nullable Peer place(long now, long at, long node, Endpoint endpoint) {
        if (node == stream.nodeId()
                || !endpoint.isUsable()
                || stream.liars.knows(node)
                || stream.liars.knows(endpoint)) {
            return null;
        }
        int entry = book.find(node);
        if (entry < 0) {
            entry = book.add(node, endpoint.prefix(), now, at, this::pinned);
            if (entry < 0) {
                return null;
            }
            peers[entry] = new Peer(node, entry, endpoint);
        }
        book.heard(entry, at);
        return peers[entry];
    }

    /** The node is there now, whatever was known of it. */
    void move(long now, Peer peer, Endpoint endpoint) {
        if (!peer.endpoint.equals(endpoint) && book.find(peer.node) == peer.entry) {
            peer.endpoint = endpoint;
            book.moved(peer.entry, endpoint.prefix(), now);
        }
    }

    /** Others that live, as a node says: it is asked for the records that are not here. */
    void onMembers(long now, Link teller, List<Member> members) {
        for (Member member : members) {
            name(now, teller, member.node(), now - member.ageSeconds() * 1_000_000_000L, false);
        }
        records.ask(teller);
    }

    /**
     * Others that may help, from one who could not: whoever lacks substreams greets them at once.
     */
    void suggest(long now, Link teller, List<Long> nodes) {
        boolean greet = lacksLinks();
        for (long node : nodes) {
            name(now, teller, node, now - ALTERNATIVE_AGE_NANOS, greet);
        }
        records.ask(teller);
    }

    /** To whom a supplier sends us: nobody else can take its place. */
    void meet(long now, Link teller, List<Long> successors) {
        for (long node : successors.subList(0, Math.min(1, successors.size()))) {
            name(now, teller, node, now - ALTERNATIVE_AGE_NANOS, true);
        }
        records.ask(teller);
    }

    /**
     * Gets to know the supplier's own supplier of what others take from here: should the supplier
     * go, its slot there is ours.
     */
    void meetUpstreams(long now, Link teller, List<Status.Upstream> upstreams) {
        for (Status.Upstream upstream : upstreams) {
            if (stream.receivers.passesOn(upstream.esi()) && linkOf(upstream.node()) == null) {
                name(now, teller, upstream.node(), now - ALTERNATIVE_AGE_NANOS, true);
            }
        }
        records.ask(teller);
    }

    /** Somebody heard of a node at that time; it may be greeted, now or when its record comes. */
    private void name(long now, Link teller, long node, long at, boolean greet) {
        if (node == stream.nodeId() || now - at > AddressBook.MAX_AGE_NANOS) {
            return;
        }
        Peer peer = peer(node);
        if (peer == null || peer.lacksRecord(at)) {
            records.want(now, teller, node, at, greet);
        }
        if (peer != null) {
            book.heard(peer.entry, at);
            if (greet) {
                greet(now, peer);
            }
        }
    }

    void greet(long now, Peer peer) {
        if (peer.link == null && book.mayTry(peer.entry, now) && greetings.take(now)) {
            stream.greetings.greet(now, peer);
        }
    }

    void heard(long now, Link link) {
        Peer peer = link.peer;
        if (peer != null && book.holds(peer.entry)) {
            book.heard(peer.entry, now);
        }
    }

    /** The link with a node is gone. Without its record it leaves nothing behind. */
    void parted(long now, Peer peer, boolean failed) {
        NodeRecord record = peer.record;
        if (record == null) {
            left(peer);
        } else if (failed && book.find(peer.node) == peer.entry) {
            move(now, peer, record.endpoint());
            peer.failedAt = now;
            book.failed(peer.entry, now);
            standbys.remove(peer.entry);
        }
    }

    /** The node said that it is leaving. */
    void left(Peer peer) {
        if (book.find(peer.node) == peer.entry) {
            standbys.remove(peer.entry);
            book.remove(peer.entry);
            peers[peer.entry] = null;
        }
    }

    /** Members for a newcomer or a report: random, and heard of lately. */
    List<Member> sample(long now, int most, long except) {
        List<Member> members = new ArrayList<>();
        int[] entries = book.sample(most, stream.random(), entry -> {
            Peer peer = peers[entry];
            boolean known = peer != null && peer.record != null && peer.node != except;
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

    /** Where some of those are that were heard of lately. */
    List<Endpoint> addresses(long now, int most) {
        List<Endpoint> addresses = new ArrayList<>();
        for (Member member : sample(now, most, 0)) {
            Peer peer = peer(member.node());
            if (peer != null) {
                addresses.add(peer.endpoint);
            }
        }
        return addresses;
    }

    List<Member> report(long now, Link link) {
        return sample(now, TOLD_AT_ONCE, link.node());
    }

    long deadline() {
        return tidyAt;
    }

    void onDeadline(long now) {
        if (now < tidyAt) {
            return;
        }
        book.expire(now, this::pinned);
        records.onDeadline(now);
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

    boolean lacksLinks() {
        return stream.role() != Role.SOURCE && linksLacking() > 0;
    }

    /**
     * There are others to meet: whoever lacks substreams greets them together, for those that are
     * greeted one by one are asked one by one, and the first for everything.
     */
    void soon() {
        if (stream.role() != Role.SOURCE && stream.planner.lacking()) {
            tidyAt = Long.MIN_VALUE;
        }
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
            if (peer != null && greetings.take(now)) {
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
