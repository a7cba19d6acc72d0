// SPDX-License-Identifier: Apache-2.0
/**
 * Tributary as a library: open a {@link dev.tributary.transport.TributaryNode}, then publish,
 * watch or relay a stream.
 */
@NullMarked
package dev.tributary.transport;

import org.jspecify.annotations.NullMarked;
