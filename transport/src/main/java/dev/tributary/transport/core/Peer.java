// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.NodeRecord;
import org.jspecify.annotations.Nullable;

/** A node whose record is here, or that we are linked with: an entry of the address book. */
final class Peer {
    final long node;
    final int entry;

    /** Where it was reached; before that, where its record says it is. */
    Endpoint endpoint;

    Role role = Role.VIEWER;

    /** What it said of itself, signed; null while it has not said it here. */
    @Nullable
    NodeRecord record;

    /** Since then it may be elsewhere than its record says. */
    long failedAt = Long.MAX_VALUE;

    @Nullable
    Link link;

    Peer(long node, int entry, Endpoint endpoint) {
        this.node = node;
        this.entry = entry;
        this.endpoint = endpoint;
    }

    /** Whether its record is worth asking for, when somebody heard of it at that time. */
    boolean lacksRecord(long at) {
        return record == null || at > failedAt;
    }

    Member member(long ageNanos) {
        // Rounded up: what is heard of a node must not grow younger by being told.
        long seconds = (Math.max(0, ageNanos) + 999_999_999L) / 1_000_000_000L;
        return new Member(node, (int) Math.min(Member.MAX_AGE_SECONDS, seconds));
    }

    /** How logs name a node: enough of its id to tell it from others. */
    static String name(long node) {
        return String.format("%08x", node >>> 32);
    }
}
