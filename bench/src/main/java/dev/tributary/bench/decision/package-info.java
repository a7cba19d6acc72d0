// SPDX-License-Identifier: Apache-2.0
/** Decisions of the standby module, over address books of growing size. */
@NullMarked
package dev.tributary.bench.decision;

import org.jspecify.annotations.NullMarked;
