// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file or the standard output, written through without a buffer. */
public record StreamTarget(String name, OutputStream stream) implements OutputTarget {
    public static StreamTarget standardOutput() {
        return new StreamTarget("standard output", new FileOutputStream(FileDescriptor.out));
    }

    /** The file is made, or emptied. */
    public static StreamTarget file(String path) throws IOException {
        return new StreamTarget(path, new FileOutputStream(path));
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        stream.write(bytes);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
