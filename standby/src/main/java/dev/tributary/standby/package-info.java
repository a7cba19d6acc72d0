// SPDX-License-Identifier: Apache-2.0
/**
 * Who supplies what: decisions only. Nodes are small ints, time is an argument, and there are no
 * bytes, sockets, clocks or threads here.
 */
@NullMarked
package dev.tributary.standby;

import org.jspecify.annotations.NullMarked;
