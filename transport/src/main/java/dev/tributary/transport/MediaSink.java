// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

/**
 * Takes what a viewer plays, in order. Called on the node's event loop: it must not block, and
 * whatever it throws ends the viewing.
 */
public interface MediaSink {
    /** The next verified bytes of the stream. */
    void onMedia(Media media);

    /** Blocks that were not complete when they were due. */
    void onGap(Gap gap);

    /** The source ended the stream, and everything before was handed out. */
    void onEnd();
}
