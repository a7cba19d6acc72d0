// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static java.util.Objects.requireNonNull;

import dev.tributary.transport.seal.Caller;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Introduction;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.Status;
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
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Speaks the protocol by hand over a plain socket, with one node, and keeps what it hears. */
final class PlainSocketPeer implements AutoCloseable {
    /** A symbol as it came, and the address that sent it. */
    record Symbol(SocketAddress from, long block, int esi, int blockBytes, byte[] bytes) {}

    private static final int MOST_WAITING_MILLIS = 10_000;
    private static final int GREET_AGAIN_MILLIS = 300;
    private static final long CONNECTION = 4_711;
    private static final Endpoint THERE = Endpoint.ipv4(0x7F00_0001, 4_000);

    private final DatagramSocket socket;
    private final InetSocketAddress node;
    private final byte[] out = new byte[Wire.MAX_RECEIVED_BYTES];
    private final WireWriter writer = new WireWriter();
    private final Deque<Symbol> symbols = new ArrayDeque<>();
    private final List<byte[]> datagrams = new ArrayList<>();
    private @Nullable Caller caller;

    PlainSocketPeer(InetSocketAddress node) throws IOException {
        this.node = node;
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Greets the node until it is welcome, and proves who it is. */
    PlainSocketPeer link(Bytes32 stream) throws IOException {
        socket.setSoTimeout(GREET_AGAIN_MILLIS);
        caller = new Caller(StrongSuite.INSTANCE, stream, CONNECTION, new SecureRandom());
        for (int tries = 0; !caller.welcomed() && tries < 30; tries++) {
            byte[] hello = caller.hello();
            throwAt(hello, hello.length, node);
            receiveOrGiveUp();
        }
        byte[] proof = caller.finish(introduction());
        throwAt(proof, proof.length, node);
        socket.setSoTimeout(MOST_WAITING_MILLIS);
        say(new Probe(1));
        return this;
    }

    private byte[] introduction() {
        Status status = new Status(0, -1, 0, 0, 4, 4, 0, 0, List.of(), List.of());
        writer.reset(out, 0);
        MessageEncoder.encode(new Introduction(2, THERE, new byte[0], status, null), writer);
        return Arrays.copyOf(out, writer.length());
    }

    void subscribe(List<Integer> esis) throws IOException {
        say(new Subscribe(1, Subscribe.LIVE | Subscribe.ORPHAN, 0, 0, 0, esis));
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

    private void say(Message message) throws IOException {
        writer.reset(out, 0);
        MessageEncoder.encode(message, writer);
        byte[] sealed = link().seal(0, Arrays.copyOf(out, writer.length()));
        throwAt(sealed, sealed.length, node);
    }

    private Caller link() {
        return requireNonNull(caller, "nobody was greeted");
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
        if (link().takesRetry(bytes) || link().welcome(bytes) != null) {
            return;
        }
        byte[] opened = link().open(bytes);
        if (opened == null) {
            return; // somebody greets it
        }
        WireReader frames = new WireReader().reset(opened, 0, opened.length);
        while (frames.remaining() > 0) {
            int type = frames.u8();
            int length = frames.u16();
            WireReader body = new WireReader().reset(opened, frames.position(), length);
            frames.skip(length);
            if (type == Wire.SYMBOL) {
                onSymbol(packet.getSocketAddress(), body);
            }
        }
    }

    private void onSymbol(SocketAddress from, WireReader body) {
        SymbolHeader header = new SymbolHeader();
        header.read(body);
        byte[] symbol = new byte[header.symbolBytes()];
        body.read(symbol);
        symbols.add(new Symbol(from, header.blockLow(), header.esi(), header.blockBytes(), symbol));
    }

    @Override
    public void close() {
        socket.close();
    }
}
