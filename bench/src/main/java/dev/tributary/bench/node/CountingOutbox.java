// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import org.jspecify.annotations.Nullable;

/** A way out that leads nowhere: counts what the core sends, and shows it to whoever proves it. */
final class CountingOutbox implements Outbox {
    private static final int FIRST_ADDRESS = 0x0A000001;
    private static final int PORT = 4_000;

    /** Where the core writes, as in a driver's batch. */
    private static final int OFFSET = 64;

    /** By its length a symbol's datagram is known, sealed as it is; the witness proves it. */
    static final int SYMBOL_DATAGRAM_BYTES = Wire.DATAGRAM_HEADER_BYTES
            + Wire.FRAME_HEADER_BYTES
            + SymbolHeader.BYTES
            + LiveNode.SYMBOL_BYTES
            + Wire.TAG_BYTES;

    /** Sees everything before the time is taken, and nothing while it is. */
    interface Witness {
        /** A datagram; its bytes are borrowed for the call. */
        void onSent(int path, byte[] bytes, int offset, int length);

        /** What the player gets; its bytes are borrowed for the call. */
        void onPlayed(Playout item);
    }

    private final byte[] buffer = new byte[OFFSET + Wire.MAX_RECEIVED_BYTES];
    private @Nullable Witness witness;
    private int claimedPath;
    private long datagrams;
    private long symbols;
    private long played;

    static Endpoint endpoint(int path) {
        return Endpoint.ipv4(FIRST_ADDRESS + path, PORT);
    }

    void witness(@Nullable Witness seen) {
        witness = seen;
    }

    /** All that was sent. */
    long datagrams() {
        return datagrams;
    }

    /** Those of it that carried a symbol. */
    long symbols() {
        return symbols;
    }

    /** What the player was given: blocks and gaps. */
    long played() {
        return played;
    }

    @Override
    public int path(Endpoint address) {
        return (int) address.low() - FIRST_ADDRESS;
    }

    @Override
    public Endpoint address(int path) {
        return endpoint(path);
    }

    @Override
    public boolean claim(int path, int bytes) {
        claimedPath = path;
        return true;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return OFFSET;
    }

    @Override
    public void commit(int bytes) {
        datagrams++;
        symbols += bytes == SYMBOL_DATAGRAM_BYTES ? 1 : 0;
        Witness seen = witness;
        if (seen != null) {
            seen.onSent(claimedPath, buffer, OFFSET, bytes);
        }
    }

    @Override
    public void play(int stream, Playout item) {
        played++;
        Witness seen = witness;
        if (seen != null) {
            seen.onPlayed(item);
        }
    }
}
