// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import org.jspecify.annotations.Nullable;

/** Where the keys to an encrypted stream come from: each is for what was made in one hour. */
public interface PeriodKeys {
    /** How long one key is in use. */
    long PERIOD_SECONDS = 3_600;

    /** Bytes of the key of a period, from which the keys that encrypt are made. */
    int KEY_BYTES = 32;

    /**
     * The key of a period, which belongs to its maker; null when it is not known.
     *
     * @param period hours since 1970 (UTC), by the clock of the source
     */
    byte @Nullable [] of(long period);

    /** The period of a time. */
    static long at(long unixSeconds) {
        return Math.floorDiv(unixSeconds, PERIOD_SECONDS);
    }
}
