// SPDX-License-Identifier: Apache-2.0
/** Messages between nodes and their bytes; see PROTOCOL.md. */
@NullMarked
package dev.tributary.transport.wire;

import org.jspecify.annotations.NullMarked;
