// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import dev.tributary.transport.Publication;

/** Where an input's bytes go, with the places at which blocks should start. */
public interface BlockSink {
    void write(byte[] bytes, int offset, int length);

    /** The next byte starts a block. */
    void boundary();

    /** The block that the last boundary opened holds a keyframe after its tables. */
    void joinPoint();

    static BlockSink of(Publication publication) {
        return new BlockSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                publication.write(bytes, offset, length);
            }

            @Override
            public void boundary() {
                publication.boundary();
            }

            @Override
            public void joinPoint() {
                publication.joinPoint();
            }
        };
    }
}
