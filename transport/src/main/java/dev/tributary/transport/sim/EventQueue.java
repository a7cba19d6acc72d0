// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.Arrays;

/**
 * Events by virtual time, equal times in the order of their arrival: a binary heap over primitive
 * arrays whose slots are reused, since a run of five minutes passes millions of them.
 */
final class EventQueue {
    /** What happens at an event's time; a and b are nodes or an index, as the kind says. */
    static final int ARRIVE = 0;

    static final int DELIVER = 1;
    static final int TIMER = 2;
    static final int WRITE = 3;
    static final int SCRIPT = 4;
    static final int JOIN = 5;
    static final int CHURN = 6;
    static final int CHECK = 7;
    static final int END = 8;

    private static final byte[] NO_BYTES = new byte[0];

    private long[] times = new long[1_024];
    private long[] orders = new long[1_024];
    private int[] slots = new int[1_024];
    private int size;
    private long pushed;

    private long[] heads = new long[1_024];
    private int[] firsts = new int[1_024];
    private int[] seconds = new int[1_024];
    private byte[][] payloads = new byte[1_024][];
    private int[] free = new int[1_024];
    private int freeCount;
    private int slotCount;

    private int current = -1;
    private long time;

    int size() {
        return size;
    }

    /** An event without a payload. */
    void push(long at, int kind, int a, int b) {
        push(at, (long) kind << 32, a, b, NO_BYTES);
    }

    /** A datagram event; the queue owns {@code bytes} until the event was taken. */
    void push(long at, int kind, int from, int to, Datagram datagram) {
        push(at, (long) kind << 32 | datagram.length(), from, to, datagram.bytes());
    }

    /** Takes the first event; its fields are read until the next call. False when none is left. */
    boolean next() {
        if (current >= 0) {
            payloads[current] = NO_BYTES;
            free[freeCount++] = current;
            current = -1;
        }
        if (size == 0) {
            return false;
        }
        current = slots[0];
        time = times[0];
        size--;
        if (size > 0) {
            sink(times[size], orders[size], slots[size]);
        }
        return true;
    }

    long time() {
        return time;
    }

    int kind() {
        return (int) (heads[current] >>> 32);
    }

    int a() {
        return firsts[current];
    }

    int b() {
        return seconds[current];
    }

    byte[] bytes() {
        return payloads[current];
    }

    int length() {
        return (int) heads[current];
    }

    private void push(long at, long head, int a, int b, byte[] bytes) {
        int slot = slot();
        heads[slot] = head;
        firsts[slot] = a;
        seconds[slot] = b;
        payloads[slot] = bytes;
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        size++;
        rise(at, pushed++, slot);
    }

    private int slot() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (slotCount == heads.length) {
            int wanted = slotCount * 2;
            heads = Arrays.copyOf(heads, wanted);
            firsts = Arrays.copyOf(firsts, wanted);
            seconds = Arrays.copyOf(seconds, wanted);
            payloads = Arrays.copyOf(payloads, wanted);
            free = Arrays.copyOf(free, wanted);
        }
        return slotCount++;
    }

    private void rise(long at, long order, int slot) {
        int place = size - 1;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(at, order, parent)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, at, order, slot);
    }

    private void sink(long at, long order, int slot) {
        int place = 0;
        int half = size >>> 1;
        while (place < half) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (before(at, order, child)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, at, order, slot);
    }

    private boolean before(long at, long order, int other) {
        return at != times[other] ? at < times[other] : order < orders[other];
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], slots[from]);
    }

    private void put(int place, long at, long order, int slot) {
        times[place] = at;
        orders[place] = order;
        slots[place] = slot;
    }

    /** Bytes in flight with the length that counts; a view for the call, never kept. */
    record Datagram(byte[] bytes, int length) {}
}
