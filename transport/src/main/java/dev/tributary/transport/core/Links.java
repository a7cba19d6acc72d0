// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Session;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Seen;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.List;

/** The links of one stream: opening, probing, moving, losing. */
final class Links {
    /** Links of one stream at most. */
    static final int MOST = 1_024;

    /** A link without a word for so long is gone. */
    private static final long SILENT_NANOS = 6_000_000_000L;

    /** Two handshakes that were under way together end within this time of each other. */
    private static final long CROSSING_NANOS = 3_000_000_000L;

    private static final long USUAL_RTT_NANOS = 100_000_000;

    private final StreamNode stream;
    private final List<Link> open = new ArrayList<>();
    private int nextToken = 1;

    Links(StreamNode stream) {
        this.stream = stream;
    }

    /** Links whose nodes have proved who they are, oldest first. */
    List<Link> open() {
        return open;
    }

    int openCount() {
        return open.size();
    }

    /** Open ones, and those to be: who greets us may never come. */
    int size() {
        return open.size() + stream.greetings.greeted();
    }

    /** Nodes that have a block, judged by what they last told. */
    int holders(long block, long now) {
        int count = 0;
        for (Link link : open) {
            Status status = link.status;
            if (status == null || status.has(Status.FLAG_NO_UPLOAD)) {
                continue;
            }
            boolean newer = link.headNow(now, stream.spec().blockNanos()) >= block;
            count += newer && status.tail() <= block ? 1 : 0;
        }
        return count;
    }

    /** A middle round trip of the links that carry something. */
    long usualRttNanos() {
        long sum = 0;
        int count = 0;
        for (Link link : open) {
            if (link.rtt.sampled()) {
                sum += link.rtt.meanNanos();
                count++;
            }
        }
        return count == 0 ? USUAL_RTT_NANOS : sum / count;
    }

    /** Something sealed came: the node lives, and it has what its datagram was sealed with. */
    void heard(long now, Link link) {
        link.heardAt = now;
        link.probesUnanswered = 0;
        stream.greetings.onSealed(link);
        stream.membership.heard(now, link);
    }

    /**
     * A node has proved who it is.
     *
     * @return false when the link is not wanted, and closed
     */
    boolean open(long now, Link link, long node, int role) {
        if (node == stream.nodeId()) {
            close(now, link, "that is ourselves", false);
            return false;
        }
        if (stream.liars.knows(node)) {
            stream.counters.add(Counter.LINKS_REFUSED);
            close(now, link, "a liar under another address", false);
            return false;
        }
        for (Link other : new ArrayList<>(open)) {
            if (other.node() == node && crossing(now, link, other)) {
                close(now, link, "linked meanwhile", false);
                return false;
            }
        }
        stream.greetings.over(link);
        closeOthers(now, node);
        Peer peer = stream.membership.reached(now, node, link.endpoint, role);
        Peer expected = link.peer;
        if (expected != null && expected != peer) {
            expected.link = null;
        }
        link.phase = Link.Phase.OPEN;
        link.openedAt = now;
        link.heardAt = now;
        link.reportAt = now + stream.random().nextLong(Reports.REPORT_NANOS);
        link.peer = peer;
        if (peer != null) {
            peer.link = link;
        }
        open.add(link);
        stream.note(now, "linked with " + link.name() + " at " + link.endpoint);
        return true;
    }

    /**
     * Two nodes that greet each other at once make two links, and both keep the one that the lower
     * id began. A link that was there for longer is one that the other side has given up.
     */
    private boolean crossing(long now, Link link, Link other) {
        boolean lower = stream.nodeId() < other.node();
        return other.weBegan != link.weBegan
                && now - other.openedAt < CROSSING_NANOS
                && link.weBegan != lower;
    }

    private void closeOthers(long now, long node) {
        for (Link other : new ArrayList<>(open)) {
            if (other.node() == node) {
                close(now, other, "came again", false);
            }
        }
        for (Link other : new ArrayList<>(stream.greetings.pending())) {
            if (other.peer != null && other.peer.node == node) {
                close(now, other, "linked meanwhile", false);
            }
        }
    }

    /** A datagram of the link came from another address: the node is asked whether it is there. */
    void elsewhere(long now, Link link, int path) {
        Session session = link.session;
        if (session != null && session.newest() && link.roaming.asks(now, path)) {
            int token = link.roaming.token(newToken());
            stream.post.send(link, path, new Probe(token));
        }
    }

    private void move(long now, Link link) {
        link.path = link.roaming.from;
        link.endpoint = stream.post.outbox().address(link.path);
        Peer peer = link.peer;
        if (peer != null) {
            stream.membership.move(now, peer, link.endpoint);
        }
        stream.post.send(link, new Seen(link.endpoint));
        stream.counters.add(Counter.LINKS_MOVED);
        stream.note(now, link.name() + " is now at " + link.endpoint);
    }

    void probe(long now, Link link) {
        stream.post.send(link, newProbe(now, link));
    }

    private Probe newProbe(long now, Link link) {
        link.probesUnanswered++;
        return sample(now, link);
    }

    /** A probe for the round trip only: without an answer nobody is thought dead. */
    Probe sample(long now, Link link) {
        link.probeToken = newToken();
        link.probeSentAt = now;
        return new Probe(link.probeToken);
    }

    private int newToken() {
        return nextToken++ & 0x7FFFFFFF;
    }

    /** A status that answers a probe gives a round trip. */
    void onProbeAnswer(long now, Link link, int token) {
        if (link.roaming.answers(token)) {
            move(now, link);
        }
        if (token != 0 && token == link.probeToken) {
            link.rtt.sample(now - link.probeSentAt);
            link.probeToken = 0;
        }
    }

    void close(long now, Link link, String reason, boolean takeover) {
        if (link.phase == Link.Phase.CLOSED) {
            return;
        }
        boolean wasOpen = link.phase == Link.Phase.OPEN;
        link.phase = Link.Phase.CLOSED;
        open.remove(link);
        stream.greetings.over(link);
        stream.node().forget(link);
        Peer peer = link.peer;
        if (peer != null && peer.link == link) {
            peer.link = null;
            stream.membership.parted(now, peer, takeover || !wasOpen);
        }
        if (wasOpen) {
            stream.counters.add(Counter.LINKS_LOST);
            stream.note(now, "link with " + link.name() + " gone: " + reason);
        }
        stream.receivers.onLinkGone(link);
        stream.losses.onLinkGone(now, link, reason, takeover);
    }

    void onLeave(long now, Link link) {
        Peer peer = link.peer;
        close(now, link, "left", false);
        if (peer != null) {
            stream.membership.left(peer);
        }
    }

    /** The last word to everybody. */
    void leave() {
        for (Link link : open) {
            stream.post.send(link, (Message) new Leave());
        }
    }

    /** Once in a while: who has been silent too long is gone. */
    void expire(long now) {
        for (Link link : new ArrayList<>(open)) {
            if (now - link.heardAt > SILENT_NANOS) {
                close(now, link, "silent", link.substreams > 0);
            }
        }
    }
}
