// SPDX-License-Identifier: Apache-2.0
/** A network in virtual time that drives the very same core, repeatable to the byte by its seed. */
@NullMarked
package dev.tributary.transport.sim;

import org.jspecify.annotations.NullMarked;
