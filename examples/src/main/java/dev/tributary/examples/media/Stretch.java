// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/**
 * Bytes that follow each other at an even rate.
 *
 * @param bytes holds them from {@code offset} on; valid until the next stretch is asked for
 * @param durationNanos how long they take in real time
 */
public record Stretch(byte[] bytes, int offset, int length, long durationNanos) {}
