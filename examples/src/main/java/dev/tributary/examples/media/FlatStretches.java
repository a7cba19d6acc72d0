// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts any bytes into stretches of 10 ms at a constant rate. */
final class FlatStretches implements StretchSource {
    private static final long STRETCH_NANOS = 10_000_000;

    private final InputStream input;
    private final byte[] buffer;
    private final double nanosPerByte;

    FlatStretches(InputStream input, long bitsPerSecond) {
        this.input = input;
        this.nanosPerByte = 8e9 / bitsPerSecond;
        this.buffer = new byte[Math.max(1, (int) (STRETCH_NANOS / nanosPerByte))];
    }

    @Override
    public @Nullable Stretch next() throws IOException {
        int read = input.readNBytes(buffer, 0, buffer.length);
        return read == 0 ? null : new Stretch(buffer, 0, read, (long) (read * nanosPerByte));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
