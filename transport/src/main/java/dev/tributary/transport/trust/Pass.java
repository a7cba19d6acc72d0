// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import org.jspecify.annotations.Nullable;

/**
 * A ticket with what comes with it.
 *
 * @param content the keys to what is made while the ticket holds; null where it brings none
 */
public record Pass(Ticket ticket, @Nullable ContentKeys content) {}
