// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import org.jspecify.annotations.Nullable;

/**
 * What a stream at a node starts with.
 *
 * @param number what {@link Outbox#play} is told
 * @param origin what the source starts with; source only
 */
record StreamSetup(int number, long now, @Nullable Origin origin) {}
