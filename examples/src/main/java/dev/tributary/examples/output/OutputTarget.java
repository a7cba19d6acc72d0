// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import java.io.Closeable;
import java.io.IOException;

/** A place that played bytes are written to; a write may take as long as it likes. */
public interface OutputTarget extends Closeable {
    void write(byte[] bytes) throws IOException;

    /** As a person would call it, for messages. */
    String name();
}
