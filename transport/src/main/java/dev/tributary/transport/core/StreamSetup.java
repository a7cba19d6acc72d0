// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import org.jspecify.annotations.Nullable;

/**
 * What a stream at a node starts with.
 *
 * @param number what {@link Outbox#play} is told
 * @param alignment blocks hold whole units of so many bytes; source only
 * @param key signs the end; source only
 */
record StreamSetup(
        int number, long now, int alignment, @Nullable StreamKey key) {}
