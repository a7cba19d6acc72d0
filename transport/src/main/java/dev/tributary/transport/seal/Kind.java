// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a datagram is, by its first byte: the version in the low four bits, the kind in the next
 * three, and in the top bit of data the phase of its key.
 */
public enum Kind {
    DATA,
    HELLO,
    RETRY,
    WELCOME,
    FINISH,
    REJECT;

    static final int PHASE_BIT = 0x80;

    private static final int VERSION_MASK = 0x0F;
    private static final int KIND_SHIFT = 4;
    private static final Kind[] ALL = values();

    /** The kind behind a first byte; null for another version or a kind that we do not know. */
    public static @Nullable Kind of(int first) {
        int kind = (first & ~PHASE_BIT & 0xFF) >>> KIND_SHIFT;
        boolean phased = (first & PHASE_BIT) != 0;
        boolean known = (first & VERSION_MASK) == Wire.VERSION && kind < ALL.length;
        return known && (!phased || kind == DATA.ordinal()) ? ALL[kind] : null;
    }

    /** The first byte of such a datagram, of data in an even phase. */
    public int firstByte() {
        return ordinal() << KIND_SHIFT | Wire.VERSION;
    }
}
