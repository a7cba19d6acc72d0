// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * How a stream is watched.
 *
 * @param delay how far behind the source this viewer plays, 100 ms to 60 s; empty takes the
 *     stream's own
 * @param ticket what lets the holder of the node's key into a closed stream
 */
public record WatchOptions(Optional<Duration> delay, Optional<StreamTicket> ticket) {
    /** The stream's own delay. */
    public static WatchOptions usual() {
        return new WatchOptions(Optional.empty(), Optional.empty());
    }

    public WatchOptions withTicket(StreamTicket shown) {
        return new WatchOptions(delay, Optional.of(shown));
    }
}
