// SPDX-License-Identifier: Apache-2.0
/** The code beside the reference library, ISA-L and the bound: who makes the same bytes faster. */
@NullMarked
package dev.tributary.bench.coding;

import org.jspecify.annotations.NullMarked;
