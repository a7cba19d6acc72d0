// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Caller;
import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Member;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Introduction;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.MessageEncoder;
import dev.tributary.transport.wire.NodeRecord;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A peer without a core: says what a test makes it say, keeps what it hears. */
final class Stranger {
    /** Slots that it says to have. */
    private static final int SLOTS = 4;

    final int path;
    final List<Message> heard = new ArrayList<>();
    final List<Integer> symbols = new ArrayList<>();

    /** Codes of the rejects that came. */
    final List<Integer> rejects = new ArrayList<>();

    private final SmallNet net;
    private final byte[] bytes = new byte[4_096];
    private final WireWriter writer = new WireWriter();
    private Caller caller;
    private int calls;
    private int to;

    /** What it shows. */
    byte[] ticket = {};

    /** What it gives when it is asked, by the node's id. */
    final NavigableMap<Long, NodeRecord> records = new TreeMap<>();

    /** What it says of itself; null where it says nothing. */
    @Nullable
    NodeRecord own;

    Stranger(SmallNet net, int path) {
        this.net = net;
        this.path = path;
        caller = newCaller();
        own = record(1);
    }

    private Caller newCaller() {
        calls++;
        return new Caller(
                PlainSuite.INSTANCE,
                net.spec.id(),
                77_000_000L + path + 1_000_000L * calls,
                new SplittableRandom(path + 1_000_000L * calls));
    }

    /** That it is where it is, signed. */
    NodeRecord record(long serial) {
        return record(SmallNet.endpoint(path), serial);
    }

    NodeRecord record(Endpoint endpoint, long serial) {
        NodeRecord unsigned = new NodeRecord(
                caller.key(), endpoint, Role.VIEWER.code(), SLOTS, serial, new byte[0]);
        return unsigned.signed(caller.sign(unsigned.text(net.spec.id())));
    }

    /** Says that these nodes live, and has their records for whoever asks. */
    void tell(List<NodeRecord> others) {
        List<Member> members = new ArrayList<>();
        for (NodeRecord other : others) {
            long node = NodeKey.idOf(PlainSuite.INSTANCE, other.key());
            records.put(node, other);
            members.add(new Member(node, 0));
        }
        for (int i = 0; i < members.size(); i += Wire.MAX_MEMBERS) {
            say(new Members(members.subList(i, Math.min(members.size(), i + Wire.MAX_MEMBERS))));
        }
    }

    /** The id that goes with its key. */
    long node() {
        return caller.node();
    }

    Bytes32 key() {
        return caller.key();
    }

    /** Greets a node, for the stream of the net, and returns its cookie. */
    void hello(Station station) {
        to = station.index;
        net.send(path, to, caller.hello());
    }

    /** Its hello as it stands: with the cookie, if one came. */
    byte[] hello() {
        return caller.hello();
    }

    /** Proves who it is, once it was welcome. */
    void prove() {
        net.send(path, to, caller.finish(introduction()));
    }

    private byte[] introduction() {
        Status status = new Status(0, -1, 0, 0, SLOTS, SLOTS, 0, 0, List.of(), List.of());
        writer.reset(bytes, 0);
        MessageEncoder.encode(
                new Introduction(Role.VIEWER.code(), SmallNet.endpoint(to), ticket, status, own),
                writer);
        return Arrays.copyOf(bytes, writer.length());
    }

    /** Greets a node and proves who it is, so that the node takes it for a member. */
    Stranger link(Station station) {
        hello(station);
        net.run(5 * net.delayNanos);
        prove();
        net.run(3 * net.delayNanos);
        return this;
    }

    /** Begins anew, under another key. */
    void becomeAnother() {
        caller = newCaller();
        own = record(1);
    }

    void say(Message... frames) {
        writer.reset(bytes, 0);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        say();
    }

    private void say() {
        sayFrom(path, Arrays.copyOf(bytes, writer.length()));
    }

    /** Sends frames from another address. */
    void sayFrom(int elsewhere, Message... frames) {
        writer.reset(bytes, 0);
        for (Message frame : frames) {
            MessageEncoder.encode(frame, writer);
        }
        sayFrom(elsewhere, Arrays.copyOf(bytes, writer.length()));
    }

    private void sayFrom(int elsewhere, byte[] frames) {
        net.send(elsewhere, to, seal(frames));
    }

    boolean linked() {
        return caller.linked();
    }

    /** A datagram of its link with any bytes for frames. */
    byte[] seal(byte[] frames) {
        return caller.seal(net.now(), frames);
    }

    /** A frame of any type that takes the first bytes; the rest are further frames. */
    void sayTogether(int type, int length, byte[] all) {
        writer.reset(bytes, 0).u8(type).u16(length).raw(all);
        say();
    }

    /** A symbol of a full block, its bytes all zero. */
    void symbol(long block, int esi, int depth, long sourceMillis) {
        int symbolBytes = net.spec.symbolBytes();
        writer.reset(bytes, 0).u8(Wire.SYMBOL).u16(SymbolHeader.BYTES + symbolBytes);
        int packed = SymbolHeader.pack(esi, depth, 0, 0);
        SymbolHeader.write(writer, block, packed, net.spec.blockBytes(), sourceMillis);
        writer.raw(new byte[symbolBytes]);
        say();
    }

    void onDatagram(byte[] datagram) {
        if (caller.takesRetry(datagram)) {
            net.send(path, to, caller.hello());
            return;
        }
        byte[] payload = caller.welcome(datagram);
        if (payload == null) {
            payload = caller.open(datagram);
        }
        if (payload != null) {
            read(payload);
        } else if (Kind.of(datagram[0] & 0xFF) == Kind.REJECT) {
            rejects.add(datagram[datagram.length - 1] & 0xFF);
        }
        // All else is of somebody who greets it, and it does not care.
    }

    private void read(byte[] frames) {
        WireReader reader = new WireReader().reset(frames, 0, frames.length);
        while (reader.remaining() > 0) {
            int type = reader.u8();
            int length = reader.u16();
            WireReader body = new WireReader().reset(frames, reader.position(), length);
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
        if (message instanceof RecordsWanted wanted) {
            List<NodeRecord> found = wanted.nodes().stream()
                    .filter(records::containsKey)
                    .map(records::get)
                    .toList();
            for (int i = 0; i < found.size(); i += Wire.MAX_RECORDS) {
                int end = Math.min(found.size(), i + Wire.MAX_RECORDS);
                say(new Records(found.subList(i, end)));
            }
        }
    }

    /** What it heard of one kind. */
    <M extends Message> List<M> heard(Class<M> kind) {
        Stream<M> all = heard.stream().filter(kind::isInstance).map(kind::cast);
        return all.toList();
    }
}
