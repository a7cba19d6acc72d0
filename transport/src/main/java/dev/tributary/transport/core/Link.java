// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.RoundTrips;
import dev.tributary.transport.seal.Initiator;
import dev.tributary.transport.seal.Responder;
import dev.tributary.transport.seal.Session;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Status;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection to one node for one stream. */
final class Link {
    /** Less is noise of timers and of busy machines; guess, from loopback on two cores. */
    private static final long LEAST_TIMEOUT_NANOS = 100_000_000;

    private static final long FIRST_TIMEOUT_NANOS = 250_000_000;

    /** GREETING: in the handshake. OPEN: both have proved who they are. CLOSED: forgotten. */
    enum Phase {
        GREETING,
        OPEN,
        CLOSED
    }

    final StreamNode stream;

    /** Where the node is; it may move. */
    int path;

    Endpoint endpoint;

    /** Where it seems to be now, until it answers from there. */
    final Roaming roaming = new Roaming();

    /** Chosen here: what the peer writes into its datagrams. */
    final long localId;

    /** Ours, when the handshake began here. */
    @Nullable
    Initiator initiator;

    /** Ours, when it began there. */
    @Nullable
    Responder responder;

    /** Null until the handshake is over. */
    @Nullable
    Session session;

    Phase phase = Phase.GREETING;

    @Nullable
    Peer peer;

    /** Entry addresses of the stream link are kept trying. */
    boolean entry;

    boolean weBegan;

    /** Hellos, welcomes or finishes that went out, of the kind that went last. */
    int greetings;

    long greetAt;
    long openedAt;
    long heardAt;
    final RoundTrips rtt = new RoundTrips();

    @Nullable
    Status status;

    long statusAt;

    /** Newest block of which a live symbol came this way, -1 for none. */
    long newestLive = -1;

    int probeToken;
    long probeSentAt;
    int probesUnanswered;
    long answeredAt = Long.MIN_VALUE / 2;
    long reportAt;

    int refusals;

    /** When it was told alternatives. */
    long helpedAt = Long.MIN_VALUE / 2;

    long repairAgainAt;
    long backlogAgainAt;
    int repairsOpen;

    /** How often in a row requests for repairs were not answered. */
    int repairsMissed;

    /** It said in its introduction that it gives nothing to others. */
    boolean givesNothing;

    /** The public key that the node has proved to have. */
    @Nullable
    Bytes32 key;

    /** Unix seconds at which its ticket to a closed stream holds no more. */
    long ticketEnds;

    /** No other ticket of it is looked at before. */
    long ticketAgainAt;

    /** How often our own next ticket will still be said here. */
    int showings;

    /** No request goes here before: it refused, or did not answer. */
    long askAgainAt;

    /** Theoretical send time of the next symbol when symbols are evenly spread. */
    long paceAt;

    /** Gets each new manifest from here. */
    boolean takesManifests;

    /** Manifests that were asked for here and have not come. */
    int manifestsOwed;

    /** Our address as the node sees it; null while it has not told. */
    @Nullable
    Endpoint seesUsAt;

    final Allowance recordsAsked =
            new Allowance(NodeRecords.ASKED_AT_ONCE, NodeRecords.ASKED_PER_SECOND);
    final Allowance recordsGiven =
            new Allowance(NodeRecords.GIVEN_AT_ONCE, NodeRecords.GIVEN_PER_SECOND);
    final Allowance recordsChecked =
            new Allowance(NodeRecords.GIVEN_AT_ONCE, NodeRecords.GIVEN_PER_SECOND);

    /** Null while it was not told of a wrong symbol. */
    @Nullable
    Doubts doubts;

    /** What it has not checked is not taken before. */
    long setAsideUntil;

    long symbolBytesIn;
    int substreams;

    /** What this node supplies here: some of what {@link Receivers} lists. */
    final List<Supply> supplied = new ArrayList<>(0);

    Link(StreamNode stream, int path, Endpoint endpoint, long localId) {
        this.stream = stream;
        this.path = path;
        this.endpoint = endpoint;
        this.localId = localId;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    long node() {
        return peer == null ? 0 : peer.node;
    }

    String name() {
        return peer == null ? endpoint.toString() : Peer.name(peer.node);
    }

    long rttNanos() {
        return rtt.sampled() ? rtt.meanNanos() : FIRST_TIMEOUT_NANOS / 2;
    }

    /** An answer that has not come by then will not come. */
    long timeoutNanos() {
        long usual = rtt.sampled() ? rtt.boundNanos() : FIRST_TIMEOUT_NANOS;
        return Math.max(LEAST_TIMEOUT_NANOS, usual);
    }

    /**
     * Newest block that the node must have by now, judged by its last status. The source has what
     * it sends, also while a stream that has just begun is in no status yet; others may not.
     */
    long headNow(long now, long blockNanos) {
        Status last = status;
        if (last == null || last.head() < 0) {
            return peer != null && peer.role == Role.SOURCE ? newestLive : -1;
        }
        return last.head() + Math.max(0, (now - statusAt) / blockNanos - 1);
    }

    /**
     * What to ask of this block there: the node may lack it too, and then it has of it what it
     * receives.
     *
     * @param coming ESIs that are here, or on their way
     */
    int offered(int wanted, BitSet coming) {
        int other = -1;
        for (Status.Offer offer : status == null ? List.<Status.Offer>of() : status.offers()) {
            boolean flows = (offer.flags() & Status.Offer.STARVED) == 0;
            if (flows && offer.esi() == wanted) {
                return wanted;
            }
            other = flows && other < 0 && !coming.get(offer.esi()) ? offer.esi() : other;
        }
        return other < 0 || other >= stream.spec().n() ? wanted : other;
    }

    /** Whether the node receives a substream that is not among these. */
    boolean offersAnyBut(BitSet coming) {
        for (Status.Offer offer : status == null ? List.<Status.Offer>of() : status.offers()) {
            if ((offer.flags() & Status.Offer.STARVED) == 0 && !coming.get(offer.esi())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the node deals with us, or we with it: then both report once a second. */
    boolean inUse() {
        return !supplied.isEmpty() || substreams > 0;
    }
}
