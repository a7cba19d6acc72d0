// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.trust.Pass;
import org.jspecify.annotations.Nullable;

/**
 * What a stream at a node starts with.
 *
 * @param number what {@link Outbox#play} is told
 * @param origin what the source starts with; source only
 * @param pass of a node that joins a closed or an encrypted stream
 */
record StreamSetup(
        int number,
        long now,
        @Nullable Origin origin,
        @Nullable Pass pass) {}
