// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/** Counts of one stream at one node. */
final class Counters {
    private final long[] values = new long[Counter.values().length];

    void add(Counter counter, long amount) {
        values[counter.ordinal()] += amount;
    }

    void add(Counter counter) {
        values[counter.ordinal()]++;
    }

    long value(Counter counter) {
        return values[counter.ordinal()];
    }

    long[] copy() {
        return values.clone();
    }
}
