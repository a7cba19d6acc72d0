// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.media.ByteSink;
import dev.tributary.examples.media.FileStretches;
import dev.tributary.examples.media.PaceClock;
import dev.tributary.examples.media.Pacer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/** Writes a clip again and again into something, in real time, until it is stopped. */
final class Camera {
    private final byte[] clip;
    private final OutputStream into;
    private final ByteArrayOutputStream filmed = new ByteArrayOutputStream();
    private final Thread thread;

    Camera(byte[] clip, OutputStream into) {
        this.clip = clip;
        this.into = into;
        thread = Thread.ofPlatform().name("camera").start(this::roll);
    }

    private void roll() {
        try (FileStretches stretches = new FileStretches(
                () -> new ByteArrayInputStream(clip), OptionalLong.empty(), true)) {
            Pacer.ofTs(PaceClock.system(), new Lens()).run(stretches);
        } catch (IOException | InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops and returns all that was written. */
    byte[] stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
        return filmed.toByteArray();
    }

    /** Whether some bytes are one stretch of others. */
    static boolean isStretchOf(byte[] part, byte[] whole) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(part, 0, part.length, whole, at, at + part.length)) {
                return true;
            }
        }
        return false;
    }

    private final class Lens implements ByteSink {
        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                into.write(bytes, offset, length);
                into.flush();
                filmed.write(bytes, offset, length);
            } catch (IOException nobodyReads) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void finish() {}
    }
}
