// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import org.jspecify.annotations.Nullable;

/** The way of a symbol: into its block, on to those who take it, and to a whole block. */
final class Intake {
    /** A supplier is told at most so often that its symbols are not wanted. */
    private static final long TELL_AGAIN_NANOS = 200_000_000;

    private final StreamNode stream;
    private final SymbolHeader header = new SymbolHeader();
    private long toldAt = Long.MIN_VALUE / 2;
    private long acceptedAt;

    Intake(StreamNode stream) {
        this.stream = stream;
        acceptedAt = stream.now();
    }

    void onSymbol(long now, Link link, WireReader in) {
        Counters counters = stream.counters;
        counters.add(Counter.SYMBOLS_IN);
        StreamSpec spec = stream.spec();
        if (!header.read(in) || header.esi() >= spec.n()) {
            counters.add(Counter.FRAMES_MALFORMED);
            return;
        }
        long number = Wire.widen(header.blockLow(), Math.max(0, stream.blocks.newest()));
        if (number < 0 || header.blockBytes() > spec.blockBytes() || header.blockBytes() == 0) {
            counters.add(Counter.FRAMES_MALFORMED);
            return;
        }
        boolean repaired = header.has(SymbolHeader.REPAIRED);
        Subscription from = repaired ? null : stream.suppliers.find(link, header.esi());
        if (repaired ? !stream.repairs.onSymbol(link, number, header.esi()) : from == null) {
            unasked(now, link);
            return;
        }
        if (!stream.blocks.accepts(number, now - acceptedAt)) {
            counters.add(Counter.SYMBOLS_OUT_OF_WINDOW);
            return;
        }
        acceptedAt = now;
        link.symbolBytesIn += header.symbolBytes();
        long millis = Wire.widen(header.sourceMillisLow(), stream.clock.sourceMillis(now));
        take(now, from, number, millis, in);
    }

    private void unasked(long now, Link link) {
        stream.counters.add(Counter.SYMBOLS_UNASKED);
        if (!header.has(SymbolHeader.REPAIRED) && now - toldAt >= TELL_AGAIN_NANOS) {
            toldAt = now;
            stream.suppliers.tellUnwanted(link, header.esi());
        }
    }

    private void take(
            long now, @Nullable Subscription from, long number, long millis, WireReader in) {
        Block block = stream.blocks.open(number);
        boolean agrees = block.agrees(header.blockBytes(), millis);
        if (agrees && !block.described()) {
            block.describe(header.blockBytes(), millis, header.has(SymbolHeader.JOIN_POINT));
        }
        if (!agrees || header.symbolBytes() != block.symbolBytes()) {
            stream.counters.add(Counter.SYMBOLS_INCONSISTENT);
            return;
        }
        if (from != null) {
            if (!header.has(SymbolHeader.BACKFILL)) {
                stream.clock.onArrival(now, millis);
            }
            stream.suppliers.onSymbol(now, from, block, header);
        } else {
            stream.counters.add(Counter.REPAIRS_RECEIVED);
        }
        if (block.isComplete() || block.has(header.esi())) {
            stream.counters.add(Counter.SYMBOLS_DUPLICATE);
            return;
        }
        stream.blocks.add(block, header.esi(), in.array(), in.position());
        stream.receivers.onSymbol(now, block, header.esi());
        if (block.have() == stream.spec().k()) {
            complete(now, block);
        }
    }

    private void complete(long now, Block block) {
        stream.blocks.decode(block);
        stream.counters.add(Counter.BLOCKS_COMPLETE);
        stream.receivers.onComplete(now, block);
        if (stream.playback != null) {
            stream.playback.onComplete(block);
        }
    }
}
