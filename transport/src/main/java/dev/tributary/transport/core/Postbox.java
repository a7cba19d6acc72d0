// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Session;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;

/** Writes datagrams of one stream into the outbox, sealed, and counts them. */
final class Postbox {
    private final WireWriter writer = new WireWriter();
    private final Counters counters;
    private final Uplink uplink;
    private Outbox out;
    private long now;

    Postbox(Counters counters, Uplink uplink, Outbox out) {
        this.counters = counters;
        this.uplink = uplink;
        this.out = out;
    }

    /** The time and the outbox of the call that is being handled. */
    void use(long at, Outbox current) {
        now = at;
        out = current;
    }

    Outbox outbox() {
        return out;
    }

    /** Sends frames in one datagram; false when the path's queue is full. */
    boolean send(Link link, Message... frames) {
        return send(link, link.path, frames);
    }

    /** The same to where the link may have moved to. */
    boolean send(Link link, int path, Message... frames) {
        Session session = link.session;
        if (session == null || !out.claim(path, Wire.MAX_DATAGRAM_BYTES)) {
            counters.add(Counter.OUTBOX_REFUSED);
            return false;
        }
        writer.reset(out.buffer(), out.offset() + Wire.DATAGRAM_HEADER_BYTES);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        int onLine = commit(session);
        if (!(frames[0] instanceof Message.SignedManifest)) {
            counters.add(Counter.CONTROL_BYTES_OUT, onLine);
        }
        return true;
    }

    /** A datagram of a handshake: writes itself where it is told, and says how long it is. */
    interface Clear {
        int write(byte[] into, int offset);
    }

    /** Sends a datagram that is not sealed by a session. */
    boolean send(int path, Clear datagram) {
        if (!out.claim(path, Wire.MAX_DATAGRAM_BYTES)) {
            counters.add(Counter.OUTBOX_REFUSED);
            return false;
        }
        int onLine = commit(datagram.write(out.buffer(), out.offset()));
        counters.add(Counter.CONTROL_BYTES_OUT, onLine);
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
                + block.symbolBytes()
                + Wire.TAG_BYTES;
        Session session = link.session;
        if (session == null || !out.claim(link.path, bytes)) {
            counters.add(Counter.OUTBOX_REFUSED);
            return false;
        }
        writer.reset(out.buffer(), out.offset() + Wire.DATAGRAM_HEADER_BYTES);
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
        commit(session);
        counters.add(Counter.SYMBOLS_OUT);
        return true;
    }

    private int commit(Session session) {
        return commit(session.seal(now, out.buffer(), out.offset(), writer.length()));
    }

    private int commit(int bytes) {
        int onLine = bytes + Wire.IPV4_OVERHEAD_BYTES;
        out.commit(bytes);
        uplink.spend(onLine);
        counters.add(Counter.DATAGRAMS_OUT);
        counters.add(Counter.WIRE_BYTES_OUT, onLine);
        return onLine;
    }
}
