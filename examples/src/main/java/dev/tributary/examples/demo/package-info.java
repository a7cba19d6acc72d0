// SPDX-License-Identifier: Apache-2.0
/** The demo: a whole swarm in one process, checked byte by byte. */
@NullMarked
package dev.tributary.examples.demo;

import org.jspecify.annotations.NullMarked;
