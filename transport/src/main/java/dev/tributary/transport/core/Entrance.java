// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.wire.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node comes into a stream with.
 *
 * @param entries nodes to greet, the source or any member
 * @param pass the ticket that is shown where the stream is closed, and the keys to play what is
 *     encrypted
 */
public record Entrance(List<Endpoint> entries, @Nullable Pass pass) {
    public Entrance {
        entries = List.copyOf(entries);
    }

    /** Into a stream that is open to all. */
    public static Entrance by(List<Endpoint> entries) {
        return new Entrance(entries, null);
    }
}
