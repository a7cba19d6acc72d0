// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of the code, and named scenarios of the simulator over many seeds. */
@NullMarked
package dev.tributary.bench;

import org.jspecify.annotations.NullMarked;
