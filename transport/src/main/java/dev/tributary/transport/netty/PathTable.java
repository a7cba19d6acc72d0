// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.wire.Endpoint;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers for socket addresses, bounded. A path is reused once it is idle, which is when
 * nothing was sent on it for a while: strangers that flood the port cannot push out those we serve.
 */
final class PathTable {
    /** No path: the table is full of paths in use. */
    static final int NONE = -1;

    /** Every link in use carries a report a second; ten of them missed is a dead link. */
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final Map<InetSocketAddress, Integer> paths;
    private final InetSocketAddress[] addresses;
    private final Endpoint[] endpoints;
    private final long[] sentNanos;
    private final boolean[] sent;

    /** A ring of all paths through slot {@code capacity}, least recently used next to its start. */
    private final int[] next;

    private final int[] previous;
    private int size;

    PathTable(int capacity) {
        paths = HashMap.newHashMap(capacity);
        addresses = new InetSocketAddress[capacity];
        endpoints = new Endpoint[capacity];
        sentNanos = new long[capacity];
        sent = new boolean[capacity];
        next = new int[capacity + 1];
        previous = new int[capacity + 1];
        Arrays.fill(next, capacity);
        Arrays.fill(previous, capacity);
    }

    /** The path a datagram came in on; {@link #NONE} when only paths in use could make room. */
    int ofSender(long now, InetSocketAddress sender) {
        Integer known = paths.get(sender);
        if (known != null) {
            return known;
        }
        if (size == addresses.length && !isIdle(now, next[addresses.length])) {
            return NONE;
        }
        return add(sender);
    }

    /** The path to an address that this side wants to reach. */
    int of(long now, Endpoint endpoint) {
        InetSocketAddress address = Endpoints.socketAddress(endpoint);
        Integer known = paths.get(address);
        int path = known == null ? add(address) : known;
        touch(now, path);
        return path;
    }

    /** Something is sent on the path: it is in use. */
    void touch(long now, int path) {
        sentNanos[path] = now;
        sent[path] = true;
        unlink(path);
        link(previous[addresses.length], path);
    }

    boolean holds(int path) {
        return path >= 0 && path < size;
    }

    InetSocketAddress address(int path) {
        return addresses[path];
    }

    Endpoint endpoint(int path) {
        return endpoints[path];
    }

    private boolean isIdle(long now, int path) {
        return !sent[path] || now - sentNanos[path] >= IDLE_NANOS;
    }

    /** Puts the address at the start of the ring: first to go until something is sent to it. */
    private int add(InetSocketAddress address) {
        int path = size;
        if (size == addresses.length) {
            path = next[addresses.length];
            unlink(path);
            paths.remove(addresses[path]);
        } else {
            size++;
        }
        addresses[path] = address;
        endpoints[path] = Endpoints.of(address);
        sent[path] = false;
        paths.put(address, path);
        link(addresses.length, path);
        return path;
    }

    private void unlink(int path) {
        next[previous[path]] = next[path];
        previous[next[path]] = previous[path];
    }

    private void link(int before, int path) {
        int after = next[before];
        next[before] = path;
        previous[path] = before;
        next[path] = after;
        previous[after] = path;
    }
}
