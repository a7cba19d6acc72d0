// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/** Hands on bytes of no known format: one boundary at the start, and no join points. */
public final class PlainBytes implements ByteSink {
    private final BlockSink sink;
    private boolean started;

    public PlainBytes(BlockSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (!started) {
            started = true;
            sink.boundary();
        }
        sink.write(bytes, offset, length);
    }

    @Override
    public void finish() {}
}
