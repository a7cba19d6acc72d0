// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of a block that proved wrong as a whole: kept until the block is known, and each of
 * them can be judged.
 *
 * @param count how many they are
 * @param esis which symbols of the block
 * @param senders who sent them, null for what was judged already
 * @param checked those of which the sender said that it had checked them
 * @param symbols one behind the other
 */
record Evidence(int count, int[] esis, @Nullable Link[] senders, BitSet checked, byte[] symbols) {}
