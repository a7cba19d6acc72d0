// SPDX-License-Identifier: Apache-2.0
/**
 * From bytes to blocks, from blocks to symbols and back: a systematic Reed-Solomon code over
 * GF(2^8) that knows bytes and no time.
 */
@NullMarked
package dev.tributary.codec;

import org.jspecify.annotations.NullMarked;
