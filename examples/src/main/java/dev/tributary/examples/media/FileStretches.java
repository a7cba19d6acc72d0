// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file as stretches, once or over and over; time goes on across the seam. */
public final class FileStretches implements StretchSource {
    /** Opens the input at its first byte, any number of times. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    private final Opener opener;
    private final OptionalLong bitsPerSecond;
    private final boolean loop;
    private final PcrClock clock = new PcrClock();
    private StretchSource pass;

    /**
     * @param bitsPerSecond the pace of an input without clock references; empty: they set the pace
     */
    public FileStretches(Opener opener, OptionalLong bitsPerSecond, boolean loop)
            throws IOException {
        this.opener = opener;
        this.bitsPerSecond = bitsPerSecond;
        this.loop = loop;
        this.pass = openPass();
    }

    @Override
    public @Nullable Stretch next() throws IOException {
        Stretch stretch = pass.next();
        if (stretch != null || !loop) {
            return stretch;
        }
        pass.close();
        pass = openPass();
        return pass.next();
    }

    @Override
    public void close() throws IOException {
        pass.close();
    }

    private StretchSource openPass() throws IOException {
        clock.restart();
        InputStream input = opener.open();
        return bitsPerSecond.isPresent()
                ? new FlatStretches(input, bitsPerSecond.getAsLong())
                : new PcrStretches(input, clock);
    }
}
