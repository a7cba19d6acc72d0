// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** A link of limited rate with a queue bounded in time, as a token bucket filter has it. */
final class TbfLink {
    static final long DROPPED = -1;

    /** As `tbf latency 300ms`. */
    private static final long QUEUE_NANOS = 300_000_000;

    private long bitsPerSecond;
    private long freeAt;

    TbfLink(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** 0 is unlimited. */
    void rate(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
    }

    boolean unlimited() {
        return bitsPerSecond == 0;
    }

    /** When a datagram offered now has left the link, or {@link #DROPPED}. */
    long pass(long now, int wireBytes) {
        if (bitsPerSecond == 0) {
            return now;
        }
        long start = Math.max(now, freeAt);
        if (start - now > QUEUE_NANOS) {
            return DROPPED;
        }
        freeAt = start + wireBytes * 8_000_000_000L / bitsPerSecond;
        return freeAt;
    }
}
