// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * The way of new manifests: from one node, and on to those who want them from here. Depth keeps the
 * ways from running in a circle, as it does for substreams.
 */
final class ManifestFeed {
    private static final long LOOK_NANOS = 250_000_000;

    /** After so many intervals without a manifest another node is asked. */
    private static final int SILENT_INTERVALS = 3;

    private static final long SLACK_NANOS = 200_000_000;

    /** A missing manifest is asked of so many others before the source is asked. */
    private static final int ASKED_OF_PEERS = 2;

    /** Of the cap: slots leave a tenth of it free, and repairs and control want some of that. */
    private static final double CAP_SHARE = 0.03;

    /** Where the share is for fewer: a chain would be as deep as the swarm is large. */
    private static final int FEWEST_TAKERS = 2;

    private final StreamNode stream;
    private final int mostTakers;
    private @Nullable Link from;
    private int depth;
    private long heardAt;
    private long lookAt = Long.MIN_VALUE;

    ManifestFeed(StreamNode stream) {
        this.stream = stream;
        double share = CAP_SHARE * stream.node().settings().uploadBitsPerSecond();
        mostTakers = (int) Math.clamp(
                share / WireRate.manifestBitsPerSecond(stream.spec()), FEWEST_TAKERS, Links.MOST);
    }

    /** Depth at which a manifest would come from here, 0 when none does. */
    int offeredDepth() {
        if (!hasRoom()) {
            return 0;
        }
        if (stream.role() == Role.SOURCE) {
            return 1;
        }
        boolean able = from != null && depth > 0 && depth + 1 < Suppliers.MAX_DEPTH;
        return able ? depth + 1 : 0;
    }

    boolean comesFrom(Link link) {
        return link == from;
    }

    void onManifest(long now, Link link, int toldDepth) {
        if (link == from) {
            heardAt = now;
            depth = Math.max(1, toldDepth);
            if (depth >= Suppliers.MAX_DEPTH) {
                leave();
            }
        }
    }

    /** A node that sends what it was not asked for, or no longer. */
    void unwanted(Link link) {
        stream.post.send(link, new Message.ManifestFeed(false));
    }

    void onWish(Link link, boolean wanted) {
        link.takesManifests = wanted && (link.takesManifests || hasRoom());
    }

    private boolean hasRoom() {
        return stream.receivers.slots() > 0 && takers() < mostTakers;
    }

    private int takers() {
        int count = 0;
        for (Link link : stream.links.open()) {
            count += link.takesManifests ? 1 : 0;
        }
        return count;
    }

    void passOn(byte[] signed, @Nullable Link sender) {
        for (Link link : stream.links.open()) {
            if (link.takesManifests && link != sender) {
                send(link, signed);
            }
        }
    }

    void send(Link link, byte[] signed) {
        int hops = stream.role() == Role.SOURCE ? 1 : depth + 1;
        stream.post.send(link, new SignedManifest(Math.min(hops, 255), signed));
        stream.counters.add(Counter.MANIFESTS_OUT);
    }

    long deadline() {
        return stream.role() == Role.SOURCE ? Long.MAX_VALUE : lookAt;
    }

    void onDeadline(long now) {
        if (now < lookAt || stream.role() == Role.SOURCE) {
            return;
        }
        lookAt = now + LOOK_NANOS;
        Link current = from;
        long patience = SILENT_INTERVALS * ManifestMaker.intervalNanos(stream.spec()) + SLACK_NANOS;
        boolean silent = current != null && now - heardAt > patience;
        if (current == null || !current.isOpen() || silent) {
            choose(now, current);
        }
    }

    /** The node that gets manifests by the shortest way, among those that supply us if possible. */
    private void choose(long now, @Nullable Link silent) {
        boolean bound = depth > 0 && takers() > 0;
        Link best = null;
        double least = Double.MAX_VALUE;
        for (Link link : stream.links.open()) {
            Status status = link.status;
            if (status == null || link == silent || link.takesManifests) {
                continue;
            }
            int offered = status.manifestDepth();
            if (offered == 0 || (bound && offered > depth)) {
                continue;
            }
            double cost = offered
                    + (link.substreams > 0 ? 0 : Suppliers.MAX_DEPTH)
                    + stream.random().nextDouble();
            if (cost < least) {
                least = cost;
                best = link;
            }
        }
        if (best == null) {
            if (silent != null && !silent.isOpen()) {
                from = null;
            }
            return;
        }
        leave();
        from = best;
        heardAt = now;
        stream.post.send(best, new Message.ManifestFeed(true));
    }

    /**
     * Somebody who should have what is asked for: the source where there is nobody else, or where
     * others were asked in vain, for they may lack it as well.
     *
     * @param tries how often others were asked before
     */
    @Nullable
    Link holder(long now, @Nullable Link last, int tries) {
        Link chosen = null;
        double least = Double.MAX_VALUE;
        for (Link link : stream.links.open()) {
            Status status = link.status;
            Peer peer = link.peer;
            boolean source = peer != null && peer.role == Role.SOURCE;
            boolean able = status != null
                    && (source || status.has(Status.FLAG_STARTED))
                    && !status.has(Status.FLAG_NO_UPLOAD)
                    && link.probesUnanswered == 0
                    && !stream.liars.doubts(now, link);
            double cost = stream.random().nextDouble()
                    + (link == last ? 1 : 0)
                    + (!source ? 0 : tries < ASKED_OF_PEERS ? 2 : -2);
            if (able && cost < least) {
                least = cost;
                chosen = link;
            }
        }
        return chosen;
    }

    private void leave() {
        Link old = from;
        from = null;
        if (old != null && old.isOpen()) {
            stream.post.send(old, new Message.ManifestFeed(false));
        }
    }
}
