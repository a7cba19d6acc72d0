// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

/**
 * One block of the stream, bit-exact.
 *
 * @param block its number, counted from the start of the stream
 * @param bytes holds the media; owned by the node and valid only during the call: copy
 * @param offset where the media start
 * @param length bytes of media
 * @param joinPoint whether a player may start here
 * @param lagNanos how far behind the source's clock it is handed out
 */
public record Media(
        long block, byte[] bytes, int offset, int length, boolean joinPoint, long lagNanos) {}
