// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps all that a viewer was given. */
final class Recording implements MediaSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Gap> gaps = new ArrayList<>();

    @Override
    public synchronized void onMedia(Media media) {
        bytes.write(media.bytes(), media.offset(), media.length());
    }

    @Override
    public synchronized void onGap(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void onEnd() {}

    synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }
}
