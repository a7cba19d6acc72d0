// SPDX-License-Identifier: Apache-2.0
/** The inner loops of the code: GF(2^8) matrix times symbols, in several interchangeable forms. */
@NullMarked
package dev.tributary.codec.kernel;

import org.jspecify.annotations.NullMarked;
