// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Wire;
import org.junit.jupiter.api.Test;

/** What manifests cost a receiver, of the stream's own rate. */
class ManifestCostTest {
    /** UDP 8 and IPv4 20. */
    private static final int IP_BYTES = 28;

    /** Depth and length before the manifest in its message. */
    private static final int MESSAGE_BYTES = 3;

    /** A block is closed 100 ms after its first byte at the latest. */
    private static final double LEAST_BLOCKS_PER_SECOND = 10;

    /** PATs twice a second and keyframes close a block early. */
    private static final double EARLY_CLOSINGS = 4;

    private static double share(long bitsPerSecond) {
        StreamSpec spec = new StreamSpec(
                new Bytes32(0, 0, 0, 0),
                new Bytes32(0, 0, 0, 0),
                8,
                32,
                1_152,
                bitsPerSecond,
                2_000_000_000L,
                false,
                false);
        double full = bitsPerSecond / 8.0 / spec.blockBytes();
        double blocks = Math.max(LEAST_BLOCKS_PER_SECOND, full) + EARLY_CLOSINGS;
        double timed = 1e9 / ManifestMaker.intervalNanos(spec);
        double manifests = Math.max(timed, blocks / Manifest.capacity(spec.k()));
        int around = IP_BYTES
                + Wire.DATAGRAM_HEADER_BYTES
                + Wire.TAG_BYTES
                + Wire.FRAME_HEADER_BYTES
                + MESSAGE_BYTES
                + Manifest.bytes(spec.k(), 0);
        int block = Manifest.bytes(spec.k(), 1) - Manifest.bytes(spec.k(), 0);
        return 8 * (manifests * around + blocks * block) / bitsPerSecond;
    }

    @Test
    void manifestsCostAtMostFourPercentOfASlowStream() {
        assertThat(share(400_000)).isBetween(0.02, 0.04);
    }

    @Test
    void manifestsCostAtMostOneAndAHalfPercentFromTwoMegabitsOn() {
        for (long rate = 2_000_000; rate <= 1_000_000_000; rate += rate / 2) {
            assertThat(share(rate)).isBetween(0.005, 0.015);
        }
    }
}
