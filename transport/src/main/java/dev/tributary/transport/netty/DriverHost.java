// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.core.Playout;

/** Whom a driver tells; all calls come on its event loop, and must not block or throw. */
public interface DriverHost {
    /** The next thing in play order; its bytes are valid only during the call. */
    void onPlayout(int stream, Playout item);

    /** Deadlines were acted on: a good moment to look at what has changed. */
    void onTick(long now);

    /** The core broke an invariant: nothing more will come. */
    void onFailure(Throwable bug);
}
