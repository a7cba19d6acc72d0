// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.util.concurrent.TimeUnit;

/** The time that a pacer goes by. */
public interface PaceClock {
    long nanoTime();

    void sleepUntil(long nanoTime) throws InterruptedException;

    /** The machine's own monotonic clock. */
    static PaceClock system() {
        return new PaceClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void sleepUntil(long nanoTime) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
            }
        };
    }
}
