// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.Arrays;

/**
 * What the source of a stream starts with.
 *
 * @param key the broadcaster's key
 * @param epochMillis when this source begins, milliseconds of Unix time; a source that begins again
 *     with the same key and name has a later one
 * @param alignment blocks hold whole units of so many bytes: 188 for MPEG-TS, 1 for anything
 */
public record Origin(StreamKey key, long epochMillis, int alignment) {
    public Origin {
        if (epochMillis < 0) {
            throw new IllegalArgumentException("an epoch is not before 1970: " + epochMillis);
        }
    }

    /** The manifest as it goes out: its bytes, and the signature behind them. */
    public byte[] sign(StreamSpec spec, Manifest manifest) {
        byte[] text = new byte[Wire.MAX_DATAGRAM_BYTES];
        WireWriter writer = new WireWriter().reset(text, 0);
        manifest.write(writer);
        int length = writer.length();
        byte[] signature = key.sign(SourceWord.MANIFEST, spec.id(), text, length);
        writer.raw(signature);
        return Arrays.copyOf(text, writer.length());
    }
}
