// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.wire.Bytes32;
import java.time.Duration;
import java.time.Instant;

/**
 * What a ticket to a closed stream is to say.
 *
 * @param streamName the stream's name; its key is the one that signs
 * @param holder public half of the key of the node that may use it, in base 32
 * @param watch whether the holder may play the stream
 * @param relay whether the holder may carry it without playing
 * @param contentKeys whether it brings the keys to an encrypted stream, for the hours in which it
 *     holds
 * @param from when it begins to hold; a little before it is needed, since clocks differ
 * @param lasts for how long it holds, from 1 s to 136 years, or a year with content keys
 */
public record TicketOrder(
        String streamName,
        String holder,
        boolean watch,
        boolean relay,
        boolean contentKeys,
        Instant from,
        Duration lasts) {

    /** The same in the words of the protocol; throws for what cannot be, with a message. */
    TicketTerms terms(Bytes32 streamId) {
        return new TicketTerms(
                streamId, key(), watch, relay, from.getEpochSecond(), lasts.toSeconds());
    }

    private Bytes32 key() {
        try {
            return Bytes32.of(Base32.decode(holder));
        } catch (IllegalArgumentException noKey) {
            throw new IllegalArgumentException("the holder is no key (" + noKey.getMessage()
                    + "): give the public half of the key of the holder's node");
        }
    }
}
