// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Admission;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;

/** What substreams cost on the line. */
public final class WireRate {
    /** Bytes of a symbol's datagram beside the symbol, down to the Ethernet frame. */
    public static final int SYMBOL_OVERHEAD_BYTES = Wire.IPV4_OVERHEAD_BYTES
            + Wire.DATAGRAM_HEADER_BYTES
            + Wire.FRAME_HEADER_BYTES
            + SymbolHeader.BYTES
            + Wire.TAG_BYTES;

    /** Blocks that are closed early cost datagrams: two or three a second at 2 Mbit/s. */
    private static final double PART_FILLED_SHARE = 0.02;

    private WireRate() {}

    /** Bits per second of one substream at the stream's declared rate, overhead included. */
    public static long slotBitsPerSecond(StreamSpec spec) {
        long datagram = SYMBOL_OVERHEAD_BYTES + (long) spec.symbolBytes();
        double full =
                (double) spec.bitsPerSecond() * datagram / ((long) spec.symbolBytes() * spec.k());
        return (long) Math.ceil(full * (1 + PART_FILLED_SHARE));
    }

    /** Bits per second of the manifests that one node gets from another, overhead included. */
    static double manifestBitsPerSecond(StreamSpec spec) {
        double seconds = ManifestMaker.intervalNanos(spec) / 1e9;
        double blocks = seconds * 1e9 / spec.blockNanos();
        int around = SYMBOL_OVERHEAD_BYTES - SymbolHeader.BYTES + Manifest.bytes(spec.k(), 0);
        int block = Manifest.bytes(spec.k(), 1) - Manifest.bytes(spec.k(), 0);
        return 8 * (around + blocks * block) / seconds;
    }

    /** The cap that gives so many slots after the reserve for repairs and control. */
    public static long capForSlots(StreamSpec spec, int slots) {
        return (long) Math.ceil(
                        (double) slots * slotBitsPerSecond(spec) / (1 - Admission.RESERVED_SHARE))
                + 1;
    }
}
