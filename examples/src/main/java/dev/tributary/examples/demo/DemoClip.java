// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.examples.media.FileStretches;
import dev.tributary.examples.media.StretchSource;
import dev.tributary.examples.media.Survey;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The bundled clip, ten seconds of MPEG-TS that are played over and over. */
public final class DemoClip {
    private static final String RESOURCE = "demo.ts";

    private final byte[] bytes;

    private DemoClip(byte[] bytes) {
        this.bytes = bytes;
    }

    public static DemoClip load() throws IOException {
        try (InputStream input = DemoClip.class.getResourceAsStream(RESOURCE)) {
            if (input == null) {
                throw new FileNotFoundException("the clip " + RESOURCE + " is not in the program");
            }
            return new DemoClip(input.readAllBytes());
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    long bitsPerSecond() throws IOException {
        return Survey.of(bytes, bytes.length).peakBitsPerSecond();
    }

    StretchSource looped() throws IOException {
        return new FileStretches(() -> new ByteArrayInputStream(bytes), OptionalLong.empty(), true);
    }
}
