// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** Reads along on every wire of a {@link SmallNet}: what really went from whom to whom. */
final class WireTap {
    /** One symbol that was delivered, in the order of sending. */
    record Symbol(int from, int to, long block, int esi, int depth, boolean repaired) {}

    /** A message that was delivered, at the net's own time. */
    record Said(long at, int from, int to, Message message) {}

    private final SmallNet net;
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<int[]> hellos = new ArrayList<>();
    private final WireReader reader = new WireReader();
    private final SymbolHeader header = new SymbolHeader();

    private WireTap(SmallNet net) {
        this.net = net;
    }

    /** From now on; what the net loses is not seen. */
    static WireTap on(SmallNet net) {
        WireTap tap = new WireTap(net);
        SmallNet.Loss before = net.loss;
        net.loss = (from, to, datagram) -> {
            boolean lost = before.takes(from, to, datagram);
            if (!lost) {
                tap.read(from, to, datagram);
            }
            return lost;
        };
        return tap;
    }

    /** How often a node greeted an address. */
    long hellos(int from, int to) {
        return hellos.stream().filter(one -> one[0] == from && one[1] == to).count();
    }

    private void read(int from, int to, byte[] datagram) {
        Kind kind = Kind.of(datagram[0] & 0xFF);
        if (kind == Kind.HELLO) {
            hellos.add(new int[] {from, to});
        } else if (kind == Kind.DATA) {
            readFrames(from, to, datagram);
        }
    }

    private void readFrames(int from, int to, byte[] datagram) {
        int sealed = datagram.length - Wire.TAG_BYTES;
        WireReader frames = new WireReader().reset(datagram, 0, sealed);
        frames.skip(Wire.DATAGRAM_HEADER_BYTES);
        while (frames.remaining() > 0) {
            int type = frames.u8();
            int length = frames.u16();
            reader.reset(datagram, frames.position(), length);
            if (type == Wire.SYMBOL) {
                header.read(reader);
                symbols.add(new Symbol(
                        from,
                        to,
                        header.blockLow(),
                        header.esi(),
                        header.depth(),
                        header.has(SymbolHeader.REPAIRED)));
            } else {
                Message message = MessageDecoder.decode(type, reader);
                if (message != null) {
                    said.add(new Said(net.now(), from, to, message));
                }
            }
            frames.skip(length);
        }
    }

    /** The type of the first frame; -1 in a datagram of a handshake. */
    static int type(byte[] datagram) {
        return Kind.of(datagram[0] & 0xFF) == Kind.DATA ? datagram[Wire.DATAGRAM_HEADER_BYTES] : -1;
    }

    /** Whether a datagram carries that symbol. */
    static boolean carries(SmallNet net, byte[] datagram, long block, int esi) {
        WireTap tap = new WireTap(net);
        tap.read(0, 0, datagram);
        return tap.symbols.stream().anyMatch(one -> one.block == block && one.esi == esi);
    }

    /** Everything of one kind that a node said. */
    <M extends Message> List<M> said(int from, Class<M> kind) {
        return said.stream()
                .filter(one -> one.from == from && kind.isInstance(one.message))
                .map(one -> kind.cast(one.message))
                .toList();
    }

    /** How often a node said something of this kind to another. */
    long times(int from, int to, Class<? extends Message> kind) {
        return said.stream()
                .filter(one -> one.from == from && one.to == to && kind.isInstance(one.message))
                .count();
    }

    List<Symbol> symbols(Predicate<Symbol> which) {
        return symbols.stream().filter(which).toList();
    }

    BitSet esis(Predicate<Symbol> which) {
        BitSet esis = new BitSet();
        symbols.stream().filter(which).forEach(symbol -> esis.set(symbol.esi));
        return esis;
    }
}
