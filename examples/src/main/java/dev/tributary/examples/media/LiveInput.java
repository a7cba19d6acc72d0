// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An input that comes at its own pace. */
public interface LiveInput extends Closeable {
    /** Waits for bytes; returns how many came, or -1 at the end. */
    int read(byte[] buffer, int offset) throws IOException;

    static LiveInput standardInput() {
        // Unbuffered, since what is there should go out at once.
        return of(new FileInputStream(FileDescriptor.in));
    }

    static LiveInput of(InputStream input) {
        return new LiveInput() {
            @Override
            public int read(byte[] buffer, int offset) throws IOException {
                return input.read(buffer, offset, buffer.length - offset);
            }

            @Override
            public void close() throws IOException {
                input.close();
            }
        };
    }
}
