// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.wire.Bytes32;

/**
 * What a ticket grants, to whom and for how long. It holds from its first second up to, but not in,
 * the second in which its lifetime is over. Clocks of different machines differ: whoever gives a
 * ticket out dates it back by as much.
 *
 * @param stream the stream's identity
 * @param holder the Ed25519 public key of the node that may show it
 * @param watch whether the holder may play the stream
 * @param relay whether the holder may carry it without playing
 * @param notBeforeSeconds seconds since 1970 (UTC) at which it begins to hold
 * @param lifetimeSeconds for how long it holds, 1 to 2^32 - 1
 */
public record TicketTerms(
        Bytes32 stream,
        Bytes32 holder,
        boolean watch,
        boolean relay,
        long notBeforeSeconds,
        long lifetimeSeconds) {
    /** The year 36812: no sum of two times overflows. */
    static final long MOST_SECONDS = 1L << 40;

    static final long MOST_LIFETIME_SECONDS = 0xFFFF_FFFFL;

    public TicketTerms {
        if (!watch && !relay) {
            throw new IllegalArgumentException("a ticket grants to watch, to relay, or both");
        }
        if (notBeforeSeconds < 0 || notBeforeSeconds > MOST_SECONDS) {
            throw new IllegalArgumentException("a ticket begins 0 to " + MOST_SECONDS
                    + " seconds after 1970, not " + notBeforeSeconds);
        }
        if (lifetimeSeconds < 1 || lifetimeSeconds > MOST_LIFETIME_SECONDS) {
            throw new IllegalArgumentException("a ticket holds for 1 to " + MOST_LIFETIME_SECONDS
                    + " seconds, not " + lifetimeSeconds);
        }
    }

    /** The first second in which it holds no more. */
    public long endSeconds() {
        return notBeforeSeconds + lifetimeSeconds;
    }

    /** Whether its holder may do this. */
    public boolean grants(TicketRight right) {
        return switch (right) {
            case WATCH -> watch;
            case RELAY -> relay;
        };
    }
}
