// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * How a stream is watched.
 *
 * @param delay how far behind the source this viewer plays, 100 ms to 60 s; empty takes the
 *     stream's own
 */
public record WatchOptions(Optional<Duration> delay) {
    /** The stream's own delay. */
    public static WatchOptions usual() {
        return new WatchOptions(Optional.empty());
    }
}
