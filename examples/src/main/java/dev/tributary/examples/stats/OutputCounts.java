// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.stats;

/** What became of the played bytes: written, or dropped since the output was too slow. */
public record OutputCounts(long writtenBytes, long droppedBytes) {}
