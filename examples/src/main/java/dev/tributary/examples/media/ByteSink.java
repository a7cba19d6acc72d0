// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/** Takes the bytes of an input in order. */
public interface ByteSink {
    /** The bytes stay the caller's: whoever keeps them copies them. */
    void write(byte[] bytes, int offset, int length);

    /** There are no more bytes: whatever was held back goes out now. */
    void finish();
}
