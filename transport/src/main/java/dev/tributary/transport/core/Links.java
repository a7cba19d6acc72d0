// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Hello;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Reject;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of one stream: greeting, proving, probing, losing. */
final class Links {
    /** Links of one stream at most. */
    static final int MOST = 1_024;

    private static final long GREET_AGAIN_NANOS = 250_000_000;
    private static final int GREETINGS = 4;
    private static final int ENTRY_GREETINGS = 6;

    /** A link without a word for so long is gone. */
    private static final long SILENT_NANOS = 6_000_000_000L;

    /** A stranger must answer within this time. */
    private static final long UNPROVEN_NANOS = 3_000_000_000L;

    private static final long USUAL_RTT_NANOS = 100_000_000;

    private final StreamNode stream;
    private final List<Link> open = new ArrayList<>();
    private final List<Link> greeting = new ArrayList<>();
    private int nextToken = 1;
    private int rejects;
    private double answers = 64;
    private long answersAt;

    Links(StreamNode stream) {
        this.stream = stream;
        answersAt = stream.now();
    }

    /** Links on which both sides know each other, oldest first. */
    List<Link> open() {
        return open;
    }

    int openCount() {
        return open.size();
    }

    int greeting() {
        return greeting.size();
    }

    int size() {
        return open.size() + greeting.size();
    }

    /** Entry addresses that turned us away. */
    int rejects() {
        return rejects;
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
        for (Link link : greeting) {
            if (link.path == path) {
                return null;
            }
        }
        if (size() >= MOST || stream.liars.knows(endpoint)) {
            return null;
        }
        Link link = stream.node().newLink(stream, path, endpoint);
        link.weBegan = true;
        greeting.add(link);
        hello(now, link);
        return link;
    }

    private void hello(long now, Link link) {
        link.greetings++;
        link.greetAt = now + (GREET_AGAIN_NANOS << Math.min(link.greetings - 1, 3));
        link.probeSentAt = now;
        Hello hello = new Hello(
                Wire.VERSION,
                0,
                stream.spec().id(),
                link.localId,
                stream.nodeId(),
                stream.role().code(),
                stream.receivers.slots());
        stream.post.send(link.path, Wire.NO_CONNECTION, hello);
    }

    /** A stranger's first word, or a friend's again. */
    void onHello(long now, int path, Hello hello) {
        if (hello.node() == stream.nodeId() || hello.node() == 0) {
            return;
        }
        Endpoint caller = stream.post.outbox().address(path);
        if (stream.liars.knows(caller) || !mayAnswer(now)) {
            stream.counters.add(Counter.LINKS_REFUSED);
            return;
        }
        Link link = find(path, hello);
        if (link == null) {
            if (size() >= MOST) {
                stream.counters.add(Counter.LINKS_REFUSED);
                stream.post.send(path, hello.connection(), new Reject(Reject.NO_ROOM));
                return;
            }
            link = stream.node().newLink(stream, path, caller);
            link.remoteId = hello.connection();
            link.openedAt = now;
            link.helloNode = hello.node();
            link.helloRole = hello.role();
            link.givesNothing = hello.slots() == 0;
            greeting.add(link);
        } else if (link.remoteId == 0) {
            link.remoteId = hello.connection();
            link.helloNode = hello.node();
            link.helloRole = hello.role();
            link.givesNothing = hello.slots() == 0;
        }
        welcome(now, link);
    }

    /**
     * Answers to hellos cost upload that nobody has earned yet: a burst, then a twentieth of the
     * cap.
     */
    private boolean mayAnswer(long now) {
        double perSecond =
                Math.max(4, stream.node().settings().uploadBitsPerSecond() * 0.05 / 8 / 800);
        answers = Math.min(64, answers + (now - answersAt) / 1e9 * perSecond);
        answersAt = now;
        if (answers < 1) {
            return false;
        }
        answers--;
        return true;
    }

    private @Nullable Link find(int path, Hello hello) {
        for (Link link : open) {
            if (link.path == path && link.remoteId == hello.connection()) {
                return link;
            }
        }
        for (Link link : greeting) {
            boolean same = link.remoteId == 0 || link.remoteId == hello.connection();
            if (link.path == path && same) {
                return link;
            }
        }
        return null;
    }

    private void welcome(long now, Link link) {
        Welcome welcome = new Welcome(
                Wire.VERSION,
                0,
                link.localId,
                stream.nodeId(),
                stream.role().code(),
                link.endpoint,
                stream.reports.greeting(now),
                stream.blocks.joins(),
                stream.membership.sample(now, Wire.MAX_MEMBERS, link.helloNode));
        Probe probe = newProbe(now, link);
        stream.post.send(link, welcome, probe);
    }

    void onWelcome(long now, Link link, Welcome welcome) {
        if (welcome.node() == stream.nodeId() || welcome.node() == 0) {
            close(now, link, "that is ourselves, or nobody", false);
            return;
        }
        if (link.phase == Link.Phase.GREETING) {
            link.remoteId = welcome.connection();
            if (link.greetings == 1) {
                link.rtt.sample(now - link.probeSentAt);
            }
            prove(now, link, welcome.node(), welcome.role());
            stream.membership.onMembers(now, welcome.members());
            if (stream.playback != null) {
                stream.playback.locate(now, welcome.status(), welcome.joins());
            }
        }
        stream.reports.onStatus(now, link, welcome.status());
        stream.planner.soon();
    }

    void onReject(long now, Link link, Reject reject) {
        if (link.phase == Link.Phase.GREETING) {
            rejects += link.entry ? 1 : 0;
            String why = switch (reject.reason()) {
                case Reject.UNKNOWN_STREAM -> "it does not carry this stream";
                case Reject.VERSION -> "it speaks another version";
                case Reject.NO_ROOM -> "it has no room";
                default -> "code " + reject.reason();
            };
            close(now, link, "turned away: " + why, false);
        }
    }

    /** A datagram with our connection id came: the node lives, and its address is real. */
    void heard(long now, Link link) {
        link.heardAt = now;
        link.probesUnanswered = 0;
        stream.membership.heard(now, link);
        if (link.phase == Link.Phase.GREETING && link.remoteId != 0 && link.helloNode != 0) {
            prove(now, link, link.helloNode, link.helloRole);
        }
    }

    private void prove(long now, Link link, long node, int role) {
        greeting.remove(link);
        for (Link other : new ArrayList<>(open)) {
            if (other.node() == node) {
                close(now, other, "came again", false);
            }
        }
        for (Link other : new ArrayList<>(greeting)) {
            if (other.peer != null && other.peer.node == node) {
                close(now, other, "linked meanwhile", false);
            }
        }
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
        link.probeToken = nextToken++ & 0x7FFFFFFF;
        link.probeSentAt = now;
        return new Probe(link.probeToken);
    }

    /** A status that answers a probe gives a round trip. */
    void onProbeAnswer(long now, Link link, int token) {
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
        greeting.remove(link);
        stream.node().forget(link);
        Peer peer = link.peer;
        if (peer != null && peer.link == link) {
            peer.link = null;
            if (takeover || !wasOpen) {
                stream.membership.failed(now, peer);
            }
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

    long deadline() {
        long next = Long.MAX_VALUE;
        for (Link link : greeting) {
            next = Math.min(
                    next,
                    link.weBegan && link.remoteId == 0
                            ? link.greetAt
                            : link.openedAt + UNPROVEN_NANOS);
        }
        return next;
    }

    void onDeadline(long now) {
        for (Link link : new ArrayList<>(greeting)) {
            boolean asking = link.weBegan && link.remoteId == 0;
            if (asking && now >= link.greetAt) {
                if (link.greetings >= (link.entry ? ENTRY_GREETINGS : GREETINGS)) {
                    close(now, link, "no answer", false);
                } else {
                    hello(now, link);
                }
            } else if (!asking && now - link.openedAt >= UNPROVEN_NANOS) {
                close(now, link, "never proved itself", false);
            }
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
