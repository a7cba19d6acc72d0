// SPDX-License-Identifier: Apache-2.0
/** Drives a node's core with a UDP socket, an event loop and a clock: the only place with these. */
@NullMarked
package dev.tributary.transport.netty;

import org.jspecify.annotations.NullMarked;
