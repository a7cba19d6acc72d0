// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/**
 * What a node is allowed to do.
 *
 * @param uploadBitsPerSecond cap on all it sends, counted on the line; 0 means that it never
 *     supplies
 */
public record NodeSettings(long uploadBitsPerSecond) {
    public NodeSettings {
        if (uploadBitsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "the upload cap must be 0 or more bit/s, not " + uploadBitsPerSecond);
        }
    }
}
