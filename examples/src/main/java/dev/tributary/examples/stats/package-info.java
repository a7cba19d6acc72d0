// SPDX-License-Identifier: Apache-2.0
/** Statistics of a stream as lines of JSON. */
@NullMarked
package dev.tributary.examples.stats;

import org.jspecify.annotations.NullMarked;
