// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * The nodes of one stream that this node has heard of: bounded, aged out, without duplicates. An
 * entry is a small int, stable while the entry lives; what else is known of a node lies with the
 * caller, by that int.
 */
public final class AddressBook {
    /** An entry that nobody has heard of for so long is forgotten (RFC 7574 uses 60 s for PEX). */
    public static final long MAX_AGE_NANOS = 60_000_000_000L;

    /** A node that did not answer is left alone for so long, doubled for each further try. */
    static final long RETRY_NANOS = 1_000_000_000L;

    private static final int MAX_DOUBLINGS = 5;

    private final long[] ids;
    private final long[] heardAt;
    private final long[] retryAt;
    private final int[] failures;
    private final boolean[] used;
    private int size;

    public AddressBook(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "an address book holds 1 node at least, not " + capacity);
        }
        ids = new long[capacity];
        heardAt = new long[capacity];
        retryAt = new long[capacity];
        failures = new int[capacity];
        used = new boolean[capacity];
    }

    public int capacity() {
        return ids.length;
    }

    public int size() {
        return size;
    }

    public boolean holds(int node) {
        return used[node];
    }

    /** The entry of a node, -1 when it is not in the book. */
    public int find(long id) {
        for (int i = 0; i < ids.length; i++) {
            if (used[i] && ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Enters a node that is not in the book. A full book gives up its stalest entry that is not
     * pinned.
     *
     * @param at when somebody last heard of it
     * @return its entry, -1 when it is too old or there is no room
     */
    public int add(long id, long now, long at, IntPredicate pinned) {
        assert find(id) < 0 : "entered twice";
        if (now - at > MAX_AGE_NANOS) {
            return -1;
        }
        int place = -1;
        for (int i = 0; i < ids.length; i++) {
            if (!used[i]) {
                place = i;
                break;
            }
            if (!pinned.test(i) && heardAt[i] < at && (place < 0 || heardAt[i] < heardAt[place])) {
                place = i;
            }
        }
        if (place < 0) {
            return -1;
        }
        size += used[place] ? 0 : 1;
        used[place] = true;
        ids[place] = id;
        heardAt[place] = at;
        retryAt[place] = now;
        failures[place] = 0;
        return place;
    }

    /** Somebody heard of the node at that time; only newer news counts. */
    public void heard(int node, long at) {
        heardAt[node] = Math.max(heardAt[node], at);
    }

    /** The node itself was heard: whatever failed before is forgiven. */
    public void reached(int node, long now) {
        heard(node, now);
        failures[node] = 0;
        retryAt[node] = now;
    }

    /** The node did not answer. */
    public void failed(int node, long now) {
        int doublings = Math.min(failures[node]++, MAX_DOUBLINGS);
        retryAt[node] = now + (RETRY_NANOS << doublings);
    }

    public boolean mayTry(int node, long now) {
        return used[node] && now >= retryAt[node];
    }

    public long ageNanos(int node, long now) {
        return now - heardAt[node];
    }

    public void remove(int node) {
        if (used[node]) {
            used[node] = false;
            size--;
        }
    }

    /** Forgets what nobody has heard of for too long and is not pinned. */
    public void expire(long now, IntPredicate pinned) {
        for (int i = 0; i < ids.length; i++) {
            if (used[i] && now - heardAt[i] > MAX_AGE_NANOS && !pinned.test(i)) {
                remove(i);
            }
        }
    }

    /** At most {@code most} random entries that pass the test. */
    public int[] sample(int most, RandomGenerator random, IntPredicate test) {
        int[] found = new int[size];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (used[i] && test.test(i)) {
                found[count++] = i;
            }
        }
        int taken = Math.min(most, count);
        for (int i = 0; i < taken; i++) {
            int other = i + random.nextInt(count - i);
            int swap = found[i];
            found[i] = found[other];
            found[other] = swap;
        }
        return Arrays.copyOf(found, taken);
    }
}
