// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way into the swarm, again and again while there is none, and when to give it up. */
final class Entry {
    /** Nobody answered for so long: the stream cannot be joined. */
    private static final long JOIN_NANOS = 15_000_000_000L;

    /** Nobody was there any more for so long: the stream is lost. */
    private static final long LOST_NANOS = 60_000_000_000L;

    private static final long AGAIN_NANOS = 1_000_000_000;

    /** Of those that a busy entry names, so many at a time. */
    private static final int TRIED_ELSEWHERE = 4;

    private final StreamNode stream;
    private List<Endpoint> addresses = List.of();
    private long enterAt = Long.MIN_VALUE;
    private long aloneSince = -1;
    private @Nullable String failure;

    Entry(StreamNode stream) {
        this.stream = stream;
    }

    void addresses(List<Endpoint> ofTheLink) {
        addresses = List.copyOf(ofTheLink);
    }

    /** Why the stream was given up, null while it was not. */
    @Nullable
    String failure() {
        return failure;
    }

    /** The stream is given up for a reason that was found elsewhere. */
    void fail(String why) {
        failure = failure == null ? why : failure;
    }

    /** An entry has too much to do: a few of those that it names are tried in its place. */
    void elsewhere(long now, List<Endpoint> others) {
        int most = stream.links.openCount() == 0 ? TRIED_ELSEWHERE - stream.greetings.greeted() : 0;
        for (Endpoint other : others.subList(0, Math.clamp(most, 0, others.size()))) {
            if (other.isUsable()) {
                stream.greetings.enter(now, other);
            }
        }
    }

    /** Without any link, the entry addresses are what is left. */
    void onDeadline(long now) {
        boolean none = stream.links.size() == 0 && failure == null && !stream.over();
        if (none && now >= enterAt) {
            enterAt = now + AGAIN_NANOS;
            for (Endpoint address : addresses) {
                stream.greetings.enter(now, address);
            }
        }
    }

    /** Looks whether there is still hope: a relay waits for ever, a viewer does not. */
    void giveUp(long now) {
        boolean alone = stream.role() != Role.SOURCE
                && stream.links.openCount() == 0
                && stream.end() == null;
        if (!alone || failure != null) {
            aloneSince = -1;
            return;
        }
        aloneSince = aloneSince < 0 ? now : aloneSince;
        boolean begun = stream.blocks.newest() >= 0 && stream.access.dismissed() == null;
        if (!begun && stream.membership.size() == 0) {
            failure = whyNotJoined(now);
        } else if (stream.role() == Role.VIEWER && now - aloneSince > LOST_NANOS) {
            failure = "no node of the stream answered for " + LOST_NANOS / 1_000_000_000L
                    + " s; check the network, then watch again";
        }
    }

    private @Nullable String whyNotJoined(long now) {
        String dismissed = stream.access.dismissed();
        if (dismissed != null && stream.greetings.greeted() == 0) {
            return "the stream is closed to this node, for its ticket: " + dismissed
                    + "; ask the broadcaster for one";
        }
        if (stream.greetings.rejects() > 0 && stream.greetings.greeted() == 0) {
            return "the nodes of the link do not carry this stream: it may be over, or the link"
                    + " is of another publisher; ask for a fresh link";
        }
        boolean late = now - stream.startedAt() > JOIN_NANOS && stream.role() == Role.VIEWER;
        String refused = stream.access.refused();
        if (late && refused != null) {
            return "no node of the link shows a ticket that holds here: " + refused
                    + "; check this machine's clock, or ask for a fresh link";
        }
        if (late) {
            return "no node of the link answered within " + JOIN_NANOS / 1_000_000_000L
                    + " s; check that the publisher runs and that UDP reaches it";
        }
        return null;
    }
}
