// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** Reads along on every wire of a {@link SmallNet}: which symbols really went from whom to whom. */
final class WireTap {
    /** One symbol that was delivered, in the order of sending. */
    record Symbol(int from, int to, long block, int esi, int depth, boolean repaired) {}

    private final List<Symbol> symbols = new ArrayList<>();
    private final WireReader reader = new WireReader();
    private final SymbolHeader header = new SymbolHeader();

    /** From now on; what the net loses is not seen. */
    static WireTap on(SmallNet net) {
        WireTap tap = new WireTap();
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

    private void read(int from, int to, byte[] datagram) {
        WireReader frames = new WireReader().reset(datagram, 0, datagram.length);
        frames.skip(Wire.DATAGRAM_HEADER_BYTES);
        while (frames.remaining() > 0) {
            int type = frames.u8();
            int length = frames.u16();
            if (type == Wire.SYMBOL) {
                header.read(reader.reset(datagram, frames.position(), length));
                symbols.add(new Symbol(
                        from,
                        to,
                        header.blockLow(),
                        header.esi(),
                        header.depth(),
                        header.has(SymbolHeader.REPAIRED)));
            }
            frames.skip(length);
        }
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
