// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Hello;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Speaks the protocol by hand over a plain socket, with one node, and keeps what it hears. */
final class PlainSocketPeer implements AutoCloseable {
    /** A symbol as it came, and the address that sent it. */
    record Symbol(SocketAddress from, long block, int esi, int blockBytes, byte[] bytes) {}

    private static final int MOST_WAITING_MILLIS = 10_000;
    private static final int GREET_AGAIN_MILLIS = 300;
    private static final long CONNECTION = 4_711;

    private final DatagramSocket socket;
    private final InetSocketAddress node;
    private final byte[] out = new byte[Wire.MAX_RECEIVED_BYTES];
    private final WireWriter writer = new WireWriter();
    private final Deque<Symbol> symbols = new ArrayDeque<>();
    private final List<byte[]> datagrams = new ArrayList<>();
    private long remote;

    PlainSocketPeer(InetSocketAddress node) throws IOException {
        this.node = node;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Greets the node until it is welcome, and proves its address. */
    PlainSocketPeer link(Bytes32 stream) throws IOException {
        socket.setSoTimeout(GREET_AGAIN_MILLIS);
        long id = 1_000_000L + socket.getLocalPort();
        for (int tries = 0; remote == 0 && tries < 30; tries++) {
            say(Wire.NO_CONNECTION, new Hello(Wire.VERSION, 0, stream, CONNECTION, id, 2, 4));
            receiveOrGiveUp();
        }
        socket.setSoTimeout(MOST_WAITING_MILLIS);
        say(remote, new Probe(1));
        return this;
    }

    void subscribe(List<Integer> esis) throws IOException {
        say(remote, new Subscribe(1, Subscribe.LIVE | Subscribe.ORPHAN, 0, 0, 0, esis));
    }

    /** The next symbol that comes. */
    Symbol nextSymbol() throws IOException {
        while (symbols.isEmpty()) {
            receive();
        }
        return symbols.remove();
    }

    /** Every datagram of the node so far. */
    List<byte[]> datagrams() {
        return datagrams;
    }

    /** Sends bytes as they are. */
    void throwAt(byte[] bytes, int length, SocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, length, to));
    }

    private void say(long connection, Message message) throws IOException {
        writer.reset(out, 0).u8(Wire.VERSION).u64(connection);
        MessageEncoder.encode(message, writer);
        throwAt(out, writer.length(), node);
    }

    private void receiveOrGiveUp() throws IOException {
        try {
            receive();
        } catch (SocketTimeoutException lost) {
            // The hello or its answer: loopback too may drop a datagram.
        }
    }

    private void receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        socket.receive(packet);
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        datagrams.add(bytes);
        WireReader frames = new WireReader().reset(bytes, 0, bytes.length);
        frames.u8();
        if (frames.u64() != CONNECTION) {
            return; // somebody greets it
        }
        while (frames.remaining() > 0) {
            int type = frames.u8();
            int length = frames.u16();
            onFrame(
                    packet.getSocketAddress(),
                    type,
                    new WireReader().reset(bytes, frames.position(), length));
            frames.skip(length);
        }
    }

    private void onFrame(SocketAddress from, int type, WireReader body) {
        if (type == Wire.SYMBOL) {
            SymbolHeader header = new SymbolHeader();
            header.read(body);
            byte[] symbol = new byte[header.symbolBytes()];
            body.read(symbol);
            symbols.add(
                    new Symbol(from, header.blockLow(), header.esi(), header.blockBytes(), symbol));
        } else if (MessageDecoder.decode(type, body) instanceof Welcome welcome) {
            remote = welcome.connection();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
