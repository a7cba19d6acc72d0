// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.util.concurrent.CompletionStage;

/** A stream that this node takes only to serve it to others. */
public final class Relaying {
    private final StreamHandle handle;
    private final TicketGate gate;

    Relaying(StreamHandle handle, TicketGate gate) {
        this.handle = handle;
        this.gate = gate;
    }

    /**
     * Goes on with another ticket, before the one that was given ends.
     *
     * @throws StreamException if it does not open this stream to this node
     */
    public void renew(StreamTicket ticket) {
        handle.renew(gate, ticket);
    }

    /**
     * What has happened so far; any thread may ask. Waits for the event loop, briefly.
     *
     * @throws IllegalStateException if the node was closed before anybody had asked
     */
    public StreamStats stats() {
        return handle.stats();
    }

    /**
     * Completes when the stream has ended, or with a {@link StreamException} that says what
     * happened and what to do. What depends on it runs on the event loop unless it is async.
     */
    public CompletionStage<Void> done() {
        return handle.playback().done().minimalCompletionStage();
    }
}
