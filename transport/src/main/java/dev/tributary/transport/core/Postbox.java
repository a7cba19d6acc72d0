// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;

/** Writes datagrams of one stream into the outbox, and counts them. */
final class Postbox {
    private final WireWriter writer = new WireWriter();
    private final Counters counters;
    private final Uplink uplink;
    private Outbox out;

    Postbox(Counters counters, Uplink uplink, Outbox out) {
        this.counters = counters;
        this.uplink = uplink;
        this.out = out;
    }

    /** The outbox of the call that is being handled. */
    void use(Outbox current) {
        out = current;
    }

    Outbox outbox() {
        return out;
    }

    /** Sends frames in one datagram; false when the path's queue is full. */
    boolean send(Link link, Message... frames) {
        return send(link.path, link.remoteId, frames);
    }

    /** Sends frames to a path under a connection id. */
    boolean send(int path, long connection, Message... frames) {
        if (!out.claim(path, Wire.MAX_DATAGRAM_BYTES)) {
            counters.add(Counter.OUTBOX_REFUSED);
            return false;
        }
        writer.reset(out.buffer(), out.offset());
        writer.u8(Wire.VERSION).u64(connection);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        int onLine = commit();
        if (!(frames[0] instanceof Message.SignedManifest)) {
            counters.add(Counter.CONTROL_BYTES_OUT, onLine);
        }
        return true;
    }

    /**
     * Sends one symbol.
     *
     * @param packed ESI, depth and flags, by {@link SymbolHeader#pack}
     */
    boolean sendSymbol(Link link, BlockStore blocks, Block block, int packed) {
        int esi = SymbolHeader.packedEsi(packed);
        int bytes = Wire.DATAGRAM_HEADER_BYTES
                + Wire.FRAME_HEADER_BYTES
                + SymbolHeader.BYTES
                + block.symbolBytes();
        if (!out.claim(link.path, bytes)) {
            counters.add(Counter.OUTBOX_REFUSED);
            return false;
        }
        writer.reset(out.buffer(), out.offset());
        writer.u8(Wire.VERSION).u64(link.remoteId);
        writer.u8(Wire.SYMBOL).u16(SymbolHeader.BYTES + block.symbolBytes());
        int flags = packed;
        if (block.joinPoint()) {
            flags = SymbolHeader.packedWith(flags, SymbolHeader.JOIN_POINT);
        }
        if (block.isComplete() || block.spoiled()) {
            // A spoiled block holds nothing but what matched its digest.
            flags = SymbolHeader.packedWith(flags, SymbolHeader.CHECKED);
        }
        SymbolHeader.write(writer, block.number, flags, block.bytes(), block.millis());
        if (!blocks.copySymbol(block, esi, writer.array(), writer.position())) {
            return false;
        }
        writer.advance(block.symbolBytes());
        commit();
        counters.add(Counter.SYMBOLS_OUT);
        return true;
    }

    private int commit() {
        int onLine = writer.length() + Wire.IPV4_OVERHEAD_BYTES;
        out.commit(writer.length());
        uplink.spend(onLine);
        counters.add(Counter.DATAGRAMS_OUT);
        counters.add(Counter.WIRE_BYTES_OUT, onLine);
        return onLine;
    }
}
