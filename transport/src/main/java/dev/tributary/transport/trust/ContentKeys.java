// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The keys of some periods in a row, as they come with a ticket: a secret of its holder. Their
 * bytes: the first period in 4, then 32 each.
 */
public final class ContentKeys implements PeriodKeys {
    /** Keys for so many periods at most: more than a year. */
    public static final int MOST = 9_000;

    private final long first;
    private final byte[][] keys;

    ContentKeys(long first, byte[][] keys) {
        this.first = first;
        this.keys = keys;
    }

    /** Reads keys; null when these bytes are none. */
    public static @Nullable ContentKeys decode(byte[] bytes) {
        int count = (bytes.length - Integer.BYTES) / KEY_BYTES;
        if (count < 1 || count > MOST || bytes.length != Integer.BYTES + count * KEY_BYTES) {
            return null;
        }
        WireReader in = new WireReader().reset(bytes, 0, bytes.length);
        long first = in.u32();
        byte[][] keys = new byte[count][KEY_BYTES];
        for (byte[] key : keys) {
            in.read(key);
        }
        return new ContentKeys(first, keys);
    }

    public byte[] encode() {
        byte[] bytes = new byte[Integer.BYTES + keys.length * KEY_BYTES];
        WireWriter out = new WireWriter().reset(bytes, 0).u32(first);
        for (byte[] key : keys) {
            out.raw(key);
        }
        return bytes;
    }

    @Override
    public byte @Nullable [] of(long period) {
        boolean known = period >= first && period < first + keys.length;
        return known ? keys[(int) (period - first)] : null;
    }

    /** How many, and nothing of them. */
    @Override
    public String toString() {
        return "ContentKeys[" + keys.length + " from hour " + first + "]";
    }
}
