// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * The nodes of one stream that this node has heard of: bounded, aged out, without duplicates. An
 * entry is a small int, stable while the entry lives; what else is known of a node lies with the
 * caller, by that int.
 *
 * <p>Addresses are cheap to make up, prefixes are not. So a full book gives up entries of the
 * prefix that has most: who fills it from a few prefixes keeps nobody else out.
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

    private final long[] prefixes;

    /** For each entry in use, how many have its prefix, itself included. */
    private final int[] sharing;

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
        prefixes = new long[capacity];
        sharing = new int[capacity];
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
     * Enters a node that is not in the book. Where the book is full, the prefix with most entries
     * gives up its stalest one that is not pinned; for fresher news only, where that would leave it
     * with less than the node's own prefix.
     *
     * @param prefix what its address shares with those of the same network
     * @param at when somebody last heard of it
     * @return its entry, -1 when it is too old or there is no room
     */
    public int add(long id, long prefix, long now, long at, IntPredicate pinned) {
        assert find(id) < 0 : "entered twice";
        if (now - at > MAX_AGE_NANOS) {
            return -1;
        }
        int place = size < ids.length ? free() : leastWorth(prefix, at, pinned);
        if (place < 0) {
            return -1;
        }
        remove(place);
        sharing[place] = share(prefix, 1);
        size++;
        used[place] = true;
        ids[place] = id;
        prefixes[place] = prefix;
        heardAt[place] = at;
        retryAt[place] = now;
        failures[place] = 0;
        return place;
    }

    private int free() {
        int place = 0;
        while (used[place]) {
            place++;
        }
        return place;
    }

    /** Of the entries that may give way, the stalest of the largest prefix; -1 for none. */
    private int leastWorth(long prefix, long at, IntPredicate pinned) {
        int own = share(prefix, 0);
        int place = -1;
        for (int i = 0; i < ids.length; i++) {
            boolean larger = sharing[i] > own + 1;
            boolean even = sharing[i] == own + 1 || prefixes[i] == prefix;
            boolean worse = place < 0
                    || sharing[i] > sharing[place]
                    || (sharing[i] == sharing[place] && heardAt[i] < heardAt[place]);
            boolean gives = larger || (even && heardAt[i] < at);
            place = gives && worse && !pinned.test(i) ? i : place;
        }
        return place;
    }

    /** How many entries have a prefix, after so many more or less were counted to each of them. */
    private int share(long prefix, int more) {
        int count = more;
        for (int i = 0; i < ids.length; i++) {
            if (used[i] && prefixes[i] == prefix) {
                sharing[i] += more;
                count = sharing[i];
            }
        }
        return count;
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

    /** The node is in another place now: what failed before says nothing of it. */
    public void moved(int node, long prefix, long now) {
        used[node] = false;
        share(prefixes[node], -1);
        sharing[node] = share(prefix, 1);
        used[node] = true;
        prefixes[node] = prefix;
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
            share(prefixes[node], -1);
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

    /** At most {@code most} random entries that pass the test, by the weight of their prefixes. */
    public int[] sample(int most, RandomGenerator random, IntPredicate test) {
        int[] candidates = new int[size];
        int count = 0;
        double weight = 0;
        for (int i = 0; i < ids.length; i++) {
            if (used[i] && test.test(i)) {
                candidates[count++] = i;
                weight += 1 / Math.sqrt(sharing[i]);
            }
        }
        int[] found = new int[Math.min(most, count)];
        for (int taken = 0; taken < found.length; taken++) {
            double left = random.nextDouble() * weight;
            int place = 0;
            left -= 1 / Math.sqrt(sharing[candidates[0]]);
            while (left >= 0 && place < count - 1) {
                place++;
                left -= 1 / Math.sqrt(sharing[candidates[place]]);
            }
            found[taken] = candidates[place];
            weight -= 1 / Math.sqrt(sharing[candidates[place]]);
            candidates[place] = candidates[--count];
        }
        return found;
    }
}
