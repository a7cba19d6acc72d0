// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

/** What a node wants a closed stream for. */
public enum TicketRight {
    WATCH,
    RELAY
}
