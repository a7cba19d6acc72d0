// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An input cut into stretches of known duration. */
public interface StretchSource extends Closeable {
    /** The next stretch, or null at the input's end. */
    @Nullable
    Stretch next() throws IOException;
}
