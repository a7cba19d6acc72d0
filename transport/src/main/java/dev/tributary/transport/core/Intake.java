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
    private final Digests digests = new Digests();
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
        if (!stream.blocks.accepts(number, silentNanos(now))) {
            counters.add(Counter.SYMBOLS_OUT_OF_WINDOW);
            return;
        }
        acceptedAt = now;
        link.symbolBytesIn += header.symbolBytes();
        take(now, link, from, stream.blocks.open(number), in);
    }

    /** How long no symbol has come that could have moved the window. */
    long silentNanos(long now) {
        return now - acceptedAt;
    }

    /** The first live symbol of a block: what the source says of its time goes for the clock. */
    private void arrived(long now, Block block) {
        block.liveAt = now;
        if (block.proof != null) {
            stream.clock.onArrival(
                    now, stream.sourceMillis(now, block.proof.block().millis()));
        }
    }

    private void unasked(long now, Link link) {
        stream.counters.add(Counter.SYMBOLS_UNASKED);
        if (!header.has(SymbolHeader.REPAIRED) && now - toldAt >= TELL_AGAIN_NANOS) {
            toldAt = now;
            stream.suppliers.tellUnwanted(link, header.esi());
        }
    }

    private void take(
            long now, Link link, @Nullable Subscription from, Block block, WireReader in) {
        long millis = stream.sourceMillis(now, header.sourceMillisLow());
        boolean agrees = block.agrees(header.blockBytes(), millis);
        if (agrees && !block.described()) {
            block.describe(header.blockBytes(), millis, header.has(SymbolHeader.JOIN_POINT));
        }
        if (from == null) {
            stream.counters.add(Counter.REPAIRS_RECEIVED);
        } else {
            if (block.liveAt < 0 && !header.has(SymbolHeader.BACKFILL)) {
                arrived(now, block);
            }
            // Also one that others contradict has come: its supplier is not silent.
            stream.suppliers.onSymbol(now, from, block, header, millis);
        }
        if (!agrees || header.symbolBytes() != block.symbolBytes()) {
            inconsistent(now, link, block, in);
            return;
        }
        if (block.isComplete() || block.isWhole() || block.has(header.esi())) {
            stream.counters.add(Counter.SYMBOLS_DUPLICATE);
            if (stream.liars.setsAside(now, link, header.esi())) {
                remember(now, link, block, in);
            }
        } else if (credible(now, link, block, in)) {
            keep(now, link, block, in);
        }
    }

    private void inconsistent(long now, Link link, Block block, WireReader in) {
        stream.counters.add(Counter.SYMBOLS_INCONSISTENT);
        if (block.proof != null) {
            boolean checked = header.has(SymbolHeader.CHECKED);
            stream.proofs.blame(now, link, block, header.esi(), checked);
        } else {
            remember(now, link, block, in);
        }
    }

    /**
     * Whether the symbol may count: where it matters, only one that matches its digest does. The
     * others of a spoiled block, or of a node that was told of wrong ones, are set aside.
     */
    private boolean credible(long now, Link link, Block block, WireReader in) {
        boolean checked = header.has(SymbolHeader.CHECKED);
        boolean aside = stream.liars.setsAside(now, link, header.esi());
        boolean doubtful = block.spoiled() || (!checked && aside);
        if (!doubtful) {
            return true;
        }
        Proof proof = block.proof;
        if (proof != null
                && stream.proofs.matches(proof, block, header.esi(), in.array(), in.position())) {
            stream.liars.right(link, block, header.esi());
            return true;
        }
        if (proof != null && header.esi() < stream.spec().k()) {
            stream.proofs.blame(now, link, block, header.esi(), checked);
        } else {
            stream.counters.add(Counter.SYMBOLS_SET_ASIDE);
            remember(now, link, block, in);
        }
        stream.repairs.soon();
        return false;
    }

    /** The symbol does not count, but is judged. */
    private void remember(long now, Link link, Block block, WireReader in) {
        boolean checked = header.has(SymbolHeader.CHECKED);
        long told = Proofs.description(header.blockBytes(), header.sourceMillisLow());
        long digest = digests.ofSymbols(told, block.number)
                .symbol(header.esi(), in.array(), in.position(), header.symbolBytes());
        Block.Claim claim = new Block.Claim(link, header.esi(), checked, digest);
        if (block.isComplete()) {
            stream.proofs.judge(now, block, claim);
        } else {
            block.claim(claim);
        }
    }

    private void keep(long now, Link link, Block block, WireReader in) {
        boolean checked = header.has(SymbolHeader.CHECKED);
        stream.blocks.add(block, header.esi(), in.array(), in.position());
        block.lastCameFrom(link, checked);
        stream.receivers.onSymbol(now, block, header.esi());
        if (block.have() == stream.spec().k()) {
            stream.proofs.onWhole(now, block);
        }
    }

    /** The block is what the source made: it may be played, and built on. */
    void proved(long now, Block block) {
        stream.blocks.prove(block);
        stream.counters.add(Counter.BLOCKS_COMPLETE);
        stream.receivers.onComplete(now, block);
        if (stream.playback != null) {
            stream.playback.onComplete(block);
        }
    }
}
