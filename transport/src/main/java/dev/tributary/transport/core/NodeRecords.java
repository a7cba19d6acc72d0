// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.Suite;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signed records of others: who names a node that is not known here is asked for its record,
 * every record is checked before it is believed or passed on, and who passes on a wrong one lies.
 */
final class NodeRecords {
    /** Records that are asked for and have not come, at most. */
    static final int MOST_WANTED = 128;

    /** Asked for on one link: so many at once, and a second. */
    static final int ASKED_AT_ONCE = 12;

    /**
     * So many fewer of the source: every newcomer comes by it, and lives on what it sends. With all
     * of them a hundred viewers with churn had hundreds of takeovers without need.
     */
    private static final int KEPT_OF_SOURCE = 6;

    /** Of those asked for so many are nodes that may help, not only some that live. */
    private static final int KEPT_FOR_GREETINGS = 3;

    static final int ASKED_PER_SECOND = 2;

    /** Asked for by who has links enough, so that those who send most have time for it. */
    private static final int CURIOUS_AT_ONCE = 16;

    private static final int CURIOUS_PER_SECOND = 2;

    /** Given and checked on one link: more, since networks are not even. */
    static final int GIVEN_AT_ONCE = 32;

    static final int GIVEN_PER_SECOND = 4;

    /** Given on all links: so many at once, and what a share of the upload cap sends a second. */
    private static final int GIVEN_TO_ALL_AT_ONCE = 64;

    private static final double GIVEN_SHARE = 0.02;
    private static final double GIVEN_BYTES = 130;
    private static final double LEAST_GIVEN_PER_SECOND = 8;
    private static final double MOST_GIVEN_PER_SECOND = 1_000;

    /** Checked on all links: a signature costs 0.1 ms at most. */
    private static final int CHECKED_AT_ONCE = 256;

    private static final int CHECKED_PER_SECOND = 128;

    /** Lost questions and answers are as if there were none. */
    private static final long AGAIN_NANOS = 400_000_000;

    private static final int TRIES = 3;

    /** A record that did not come is not asked for anew before. */
    private static final long WANTED_NANOS = 5_000_000_000L;

    /** Later nobody is greeted for having been named. */
    private static final long GREET_NANOS = 2_000_000_000L;

    /** A node whose record is not here. */
    private static final class Want {
        final long node;
        final long untilNanos;
        Link teller;

        /** When somebody last heard of it. */
        long heardAt;

        /** Greeted if its record comes before this. */
        long greetUntil = Long.MIN_VALUE;

        long againAt = Long.MIN_VALUE;
        int tries;

        Want(long node, long untilNanos, Link teller, long heardAt) {
            this.node = node;
            this.untilNanos = untilNanos;
            this.teller = teller;
            this.heardAt = heardAt;
        }
    }

    private final StreamNode stream;
    private final Membership membership;
    final OwnRecord own;
    private final List<Want> wants = new ArrayList<>();
    private final List<Long> asking = new ArrayList<>();
    private final Allowance checked = new Allowance(CHECKED_AT_ONCE, CHECKED_PER_SECOND);
    private final Allowance curious = new Allowance(CURIOUS_AT_ONCE, CURIOUS_PER_SECOND);
    private final Allowance given;

    NodeRecords(StreamNode stream, Membership membership) {
        this.stream = stream;
        this.membership = membership;
        own = new OwnRecord(stream);
        long cap = stream.node().settings().uploadBitsPerSecond();
        double share = cap * GIVEN_SHARE / 8 / GIVEN_BYTES;
        given = new Allowance(
                GIVEN_TO_ALL_AT_ONCE,
                Math.clamp(share, LEAST_GIVEN_PER_SECOND, MOST_GIVEN_PER_SECOND));
    }

    /** Nodes that may be in the book soon. */
    int wanted() {
        return wants.size();
    }

    /**
     * A node was named whose record is not here; {@link #ask} follows.
     *
     * @param at when somebody last heard of it
     * @param greet whether to greet it when its record comes
     */
    void want(long now, Link teller, long node, long at, boolean greet) {
        Want want = find(node);
        if (want == null) {
            if (stream.liars.knows(node) || !room(now, greet)) {
                return;
            }
            want = new Want(node, now + WANTED_NANOS, teller, at);
            wants.add(want);
        }
        want.heardAt = Math.max(want.heardAt, at);
        if (greet) {
            want.greetUntil = now + GREET_NANOS;
        }
        if (now >= want.againAt) {
            want.teller = teller;
            add(now, want);
        }
    }

    /** Who may help comes before who only lives. */
    private boolean room(long now, boolean greet) {
        for (Want want : wants) {
            if (wants.size() >= MOST_WANTED && greet && now >= want.greetUntil) {
                wants.remove(want);
                break;
            }
        }
        return wants.size() < MOST_WANTED;
    }

    private @Nullable Want find(long node) {
        for (Want want : wants) {
            if (want.node == node) {
                return want;
            }
        }
        return null;
    }

    private void add(long now, Want want) {
        boolean named = now < want.greetUntil;
        if (want.tries == TRIES || !(named || membership.lacksLinks() || curious.take(now))) {
            return;
        }
        Peer teller = want.teller.peer;
        boolean source = teller != null && teller.role == Role.SOURCE;
        int kept = (source ? KEPT_OF_SOURCE : 0) + (named ? 0 : KEPT_FOR_GREETINGS);
        if (want.teller.recordsAsked.take(now, kept)) {
            want.tries++;
            want.againAt = now + AGAIN_NANOS;
            asking.add(want.node);
        }
    }

    /** Asks a node for what is wanted of it, in as few words as possible. */
    void ask(Link teller) {
        stream.counters.add(Counter.RECORDS_ASKED, asking.size());
        for (int i = 0; i < asking.size(); i += Wire.MAX_RECORDS_WANTED) {
            int end = Math.min(asking.size(), i + Wire.MAX_RECORDS_WANTED);
            stream.post.send(teller, new RecordsWanted(List.copyOf(asking.subList(i, end))));
        }
        asking.clear();
    }

    /** Once in a while: what was lost is asked for again. */
    void onDeadline(long now) {
        own.review(now);
        wants.removeIf(want -> now >= want.untilNanos);
        for (Link link : wants.isEmpty() ? List.<Link>of() : stream.links.open()) {
            for (Want want : wants) {
                if (want.teller == link && now >= want.againAt) {
                    add(now, want);
                }
            }
            ask(link);
        }
    }

    /** Gives what is here of what a node asks for, as far as its share goes. */
    void onWanted(long now, Link asker, RecordsWanted wanted) {
        List<NodeRecord> found = new ArrayList<>();
        for (long node : wanted.nodes()) {
            NodeRecord record = node == stream.nodeId() ? own.record() : membership.recordOf(node);
            if (record == null) {
                continue;
            }
            if (!asker.recordsGiven.take(now) || !given.take(now)) {
                stream.counters.add(Counter.RECORDS_OVER_BUDGET);
                continue;
            }
            found.add(record);
        }
        stream.counters.add(Counter.RECORDS_GIVEN, found.size());
        for (int i = 0; i < found.size(); i += Wire.MAX_RECORDS) {
            int end = Math.min(found.size(), i + Wire.MAX_RECORDS);
            stream.post.send(asker, new Records(List.copyOf(found.subList(i, end))));
        }
    }

    /** Who proved itself also said where it is; false when it is not for itself that it spoke. */
    boolean introduced(long now, Link link, @Nullable NodeRecord record) {
        if (record != null && !record.key().equals(link.key)) {
            forged(now, link);
        } else if (record != null) {
            take(now, link, record);
        }
        return link.isOpen();
    }

    void onRecords(long now, Link teller, Records told) {
        for (NodeRecord record : told.records()) {
            if (teller.isOpen()) {
                take(now, teller, record);
            }
        }
        membership.soon();
    }

    private void take(long now, Link teller, NodeRecord record) {
        Suite suite = stream.node().key().suite();
        long node = NodeKey.idOf(suite, record.key());
        NodeRecord known = membership.recordOf(node);
        Want want = find(node);
        if (known != null && record.serial() <= known.serial()) {
            stream.counters.add(Counter.RECORDS_STALE);
            if (want != null) {
                want.tries = TRIES;
            }
        } else if (!teller.recordsChecked.take(now) || !checked.take(now)) {
            stream.counters.add(Counter.RECORDS_OVER_BUDGET);
        } else if (!suite.verify(
                record.key(), record.text(stream.spec().id()), record.signature())) {
            forged(now, teller);
        } else {
            stream.counters.add(Counter.RECORDS_IN);
            wants.remove(want);
            boolean linked = node == teller.node();
            long at = want == null ? now - Membership.ALTERNATIVE_AGE_NANOS : want.heardAt;
            Peer peer = membership.enter(now, linked ? now : at, node, record);
            if (peer != null && want != null && now < want.greetUntil) {
                membership.greet(now, peer);
            }
        }
    }

    private void forged(long now, Link teller) {
        stream.counters.add(Counter.RECORDS_FORGED);
        stream.liars.caught(now, teller, "passed on a forged record");
    }
}
