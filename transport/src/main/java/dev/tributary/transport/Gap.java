// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

/**
 * A hole in what is played.
 *
 * @param firstBlock the first block that is missing
 * @param blocks how many in a row
 * @param cause why, in words
 */
public record Gap(long firstBlock, long blocks, String cause) {}
