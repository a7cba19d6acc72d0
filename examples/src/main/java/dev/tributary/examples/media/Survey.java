// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a look at an input's first bytes tells about it.
 *
 * @param mpegTs whether it is MPEG-TS
 * @param peakBitsPerSecond its highest rate over one second by its own clock references; 0: it has
 *     none
 * @param clockNanos the time that these references cover
 */
public record Survey(boolean mpegTs, long peakBitsPerSecond, long clockNanos) {
    /** Enough for a minute at 4 Mbit/s, and read in a moment. */
    private static final long LOOK_BYTES = 32 << 20;

    private static final int HEAD_BYTES = 1 << 16;

    /** Looks at a file's start, and closes it. */
    public static Survey of(FileStretches.Opener opener) throws IOException {
        try (InputStream input = opener.open()) {
            byte[] head = input.readNBytes(HEAD_BYTES);
            if (!TsSync.found(head, head.length)) {
                return new Survey(false, 0, 0);
            }
        }
        try (PcrStretches stretches = new PcrStretches(opener.open(), new PcrClock())) {
            return ofTs(stretches);
        }
    }

    /** Looks at bytes that have already been read. */
    public static Survey of(byte[] bytes, int length) throws IOException {
        if (!TsSync.found(bytes, length)) {
            return new Survey(false, 0, 0);
        }
        InputStream input = new ByteArrayInputStream(bytes, 0, length);
        try (PcrStretches stretches = new PcrStretches(input, new PcrClock())) {
            return ofTs(stretches);
        }
    }

    private static Survey ofTs(PcrStretches stretches) throws IOException {
        PeakRate rate = new PeakRate();
        long seen = 0;
        @Nullable Stretch stretch = stretches.next();
        while (stretch != null && seen < LOOK_BYTES) {
            seen += stretch.length();
            if (stretch.durationNanos() > 0) {
                rate.add(stretch.length(), stretch.durationNanos());
            }
            stretch = stretches.next();
        }
        return new Survey(true, rate.bitsPerSecond(), rate.nanos());
    }
}
