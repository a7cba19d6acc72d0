// SPDX-License-Identifier: Apache-2.0
/** The protocol of one node, sans-IO: no clock, socket, thread or ambient randomness. */
@NullMarked
package dev.tributary.transport.core;

import org.jspecify.annotations.NullMarked;
