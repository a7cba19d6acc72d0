// SPDX-License-Identifier: Apache-2.0
/** One node's core under load: driven by hand in virtual time, with peers that only speak. */
@NullMarked
package dev.tributary.bench.node;

import org.jspecify.annotations.NullMarked;
