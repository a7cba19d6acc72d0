// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what will be true soon. */
final class Patience {
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final long BETWEEN_NANOS = 10_000_000L;

    private Patience() {}

    static <T> T until(Supplier<T> source, Predicate<T> wanted) {
        long giveUpAt = System.nanoTime() + LONGEST_NANOS;
        T seen = source.get();
        while (!wanted.test(seen)) {
            if (System.nanoTime() > giveUpAt) {
                throw new AssertionError("waited in vain; the last was " + seen);
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            seen = source.get();
        }
        return seen;
    }
}
