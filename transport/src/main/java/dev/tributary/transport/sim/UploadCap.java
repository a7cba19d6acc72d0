// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** Holds a node to its upload cap: what it sends in one second, counted on the line. */
final class UploadCap {
    private static final long SECOND = 1_000_000_000;

    /** Time's worth that may go out at once on top. */
    private static final double BURST_SECONDS = 0.02;

    /** Control is paid for afterwards, so a second may be this much over and the next one under. */
    private static final double CONTROL_SHARE = 0.03;

    /** Four datagrams back to back, however small the cap. */
    private static final long LEAST_BURST_BYTES = 6_000;

    /** A node without upload still asks, answers and reports. */
    private static final long CONTROL_ONLY_BYTES = 16_000;

    private final long allowedBytes;
    private long windowStart;
    private long windowBytes;
    private long largestBytes;

    UploadCap(long bitsPerSecond) {
        double bytes = bitsPerSecond / 8.0;
        allowedBytes = bitsPerSecond == 0
                ? CONTROL_ONLY_BYTES
                : (long) (bytes * (1 + CONTROL_SHARE)
                        + Math.max(bytes * BURST_SECONDS, LEAST_BURST_BYTES));
    }

    /** Counts what was sent; false once this second holds more than is allowed. */
    boolean sent(long now, int wireBytes) {
        if (now - windowStart >= SECOND) {
            windowStart = now;
            windowBytes = 0;
        }
        windowBytes += wireBytes;
        largestBytes = Math.max(largestBytes, windowBytes);
        return windowBytes <= allowedBytes;
    }

    /** The most that went out in one second. */
    long largestBytes() {
        return largestBytes;
    }

    @Override
    public String toString() {
        return windowBytes + " bytes in a second, " + allowedBytes + " allowed";
    }
}
