// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import org.jspecify.annotations.Nullable;

/** A node that this one has heard of: an entry of the address book. */
final class Peer {
    final long node;
    final int entry;
    Endpoint endpoint;
    Role role;
    int slots;
    int depth;

    @Nullable
    Link link;

    Peer(long node, int entry, Endpoint endpoint, Role role) {
        this.node = node;
        this.entry = entry;
        this.endpoint = endpoint;
        this.role = role;
    }

    Member member(long ageNanos) {
        // Rounded up: a record must not grow younger by being told.
        long seconds = (Math.max(0, ageNanos) + 999_999_999L) / 1_000_000_000L;
        int age = (int) Math.min(Member.MAX_AGE_SECONDS, seconds);
        return new Member(node, endpoint, role.code(), slots, depth, age);
    }

    /** How logs name a node: enough of its id to tell it from others. */
    static String name(long node) {
        return String.format("%08x", node >>> 32);
    }
}
