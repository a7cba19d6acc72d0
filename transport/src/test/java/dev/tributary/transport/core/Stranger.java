// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Hello;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A peer without a core: says what a test makes it say, keeps what it hears. */
final class Stranger {
    final int path;
    final long connection;
    final List<Message> heard = new ArrayList<>();
    final List<Integer> symbols = new ArrayList<>();
    long remoteId;
    private final SmallNet net;
    private final byte[] bytes = new byte[4_096];
    private final WireWriter writer = new WireWriter();
    private int to;

    Stranger(SmallNet net, int path) {
        this.net = net;
        this.path = path;
        connection = 77_000_000L + path;
    }

    /** Greets a node, for the stream of the net. */
    void hello(Station station) {
        hello(station, 1_000_000L + path);
    }

    /** The same under another node's id. */
    void hello(Station station, long node) {
        to = station.index;
        say(Wire.NO_CONNECTION, new Hello(Wire.VERSION, 0, net.spec.id(), connection, node, 2, 4));
    }

    /** Greets a node and proves its address, so that the node takes it for a member. */
    Stranger link(Station station) {
        hello(station);
        net.run(3 * net.delayNanos);
        say(new Probe(4_711));
        net.run(3 * net.delayNanos);
        return this;
    }

    void say(Message... frames) {
        say(remoteId, frames);
    }

    private void say(long id, Message... frames) {
        writer.reset(bytes, 0).u8(Wire.VERSION).u64(id);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        net.send(path, to, Arrays.copyOf(bytes, writer.length()));
    }

    /** A frame of any type that takes the first bytes; the rest are further frames. */
    void sayTogether(int type, int length, byte[] all) {
        writer.reset(bytes, 0).u8(Wire.VERSION).u64(remoteId);
        writer.u8(type).u16(length).raw(all);
        net.send(path, to, Arrays.copyOf(bytes, writer.length()));
    }

    /** A symbol of a full block, its bytes all zero. */
    void symbol(long block, int esi, int depth, long sourceMillis) {
        int symbolBytes = net.spec.symbolBytes();
        writer.reset(bytes, 0).u8(Wire.VERSION).u64(remoteId);
        writer.u8(Wire.SYMBOL).u16(SymbolHeader.BYTES + symbolBytes);
        int packed = SymbolHeader.pack(esi, depth, 0, 0);
        SymbolHeader.write(writer, block, packed, net.spec.blockBytes(), sourceMillis);
        writer.raw(new byte[symbolBytes]);
        net.send(path, to, Arrays.copyOf(bytes, writer.length()));
    }

    void onDatagram(byte[] datagram) {
        WireReader reader = new WireReader().reset(datagram, 0, datagram.length);
        reader.u8();
        long id = reader.u64();
        if (id == Wire.NO_CONNECTION) {
            return; // somebody greets it, and it does not care
        }
        if (id != connection) {
            throw new IllegalStateException("a datagram under another connection id");
        }
        while (reader.remaining() > 0) {
            int type = reader.u8();
            int length = reader.u16();
            WireReader body = new WireReader().reset(datagram, reader.position(), length);
            reader.skip(length);
            onFrame(type, body);
        }
    }

    private void onFrame(int type, WireReader body) {
        if (type == Wire.SYMBOL) {
            SymbolHeader header = new SymbolHeader();
            header.read(body);
            symbols.add(header.esi());
            return;
        }
        Message message = MessageDecoder.decode(type, body);
        if (message == null) {
            throw new IllegalStateException("a frame of type " + type + " that cannot be read");
        }
        heard.add(message);
        if (message instanceof Welcome welcome) {
            remoteId = welcome.connection();
        }
    }

    /** What it heard of one kind. */
    <M extends Message> List<M> heard(Class<M> kind) {
        Stream<M> all = heard.stream().filter(kind::isInstance).map(kind::cast);
        return all.toList();
    }
}
