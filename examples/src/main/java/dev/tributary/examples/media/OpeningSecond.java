// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import java.util.Arrays;

/**
 * The first second of a live input, kept while its rate is measured.
 *
 * @param bytes hold {@code length} bytes of the input's start
 * @param bitsPerSecond its rate: by its clock references where it has them, else as it came
 */
public record OpeningSecond(byte[] bytes, int length, long bitsPerSecond) {
    /** Of an input that was not measured. */
    public static final OpeningSecond NONE = new OpeningSecond(new byte[0], 0, 0);

    private static final long MEASURED_NANOS = 1_000_000_000;

    /** References over less than this say too little. */
    private static final long LEAST_CLOCK_NANOS = 400_000_000;

    /** An input that comes faster than 128 Mbit/s is not live: enough has been seen. */
    private static final int MOST_BYTES = 16 << 20;

    private static final int ROOM_BYTES = 1 << 16;

    public static OpeningSecond read(LiveInput input, PaceClock clock) throws IOException {
        byte[] bytes = new byte[4 * ROOM_BYTES];
        int length = Math.max(0, input.read(bytes, 0));
        long start = clock.nanoTime();
        long passed = 0;
        while (length > 0 && passed < MEASURED_NANOS && length < MOST_BYTES) {
            if (bytes.length - length < ROOM_BYTES) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            int read = input.read(bytes, length);
            if (read < 0) {
                break;
            }
            length += read;
            passed = clock.nanoTime() - start;
        }
        return new OpeningSecond(bytes, length, rate(bytes, length, passed));
    }

    private static long rate(byte[] bytes, int length, long passedNanos) throws IOException {
        Survey survey = Survey.of(bytes, length);
        if (survey.clockNanos() >= LEAST_CLOCK_NANOS) {
            return survey.peakBitsPerSecond();
        }
        return passedNanos == 0 ? 0 : (long) (length * 8e9 / passedNanos);
    }
}
