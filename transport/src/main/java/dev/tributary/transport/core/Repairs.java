// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Single symbols that did not come: asked for elsewhere, early, one request each. */
final class Repairs {
    private static final int MOST_OPEN = 96;

    /** Of these for the past of a newcomer: twice the rate of the stream at 150 ms a request. */
    private static final int MOST_BACKLOG = 64;

    /** After an outage much was lost at once: it is asked for little by little. */
    private static final int MOST_OF_SENDER = 8;

    /** Spare capacity may take its time. */
    private static final long BACKLOG_PATIENCE_NANOS = 250_000_000;

    /** For this part of the target delay a supplier that lacks a symbol itself may mend it. */
    private static final double PATIENCE_SHARE = 0.3;

    private static final long AGAIN_NANOS = 10_000_000;

    /** A third of all symbols lost is no longer a matter for repair. */
    private static final double ASKED_SHARE = 0.33;

    private final StreamNode stream;
    private double askTokens = MOST_OPEN;
    private long refilledAt;
    private final RepairRequests requests;
    private final Holders holders;
    private long scanAt = Long.MAX_VALUE;

    /** Of the links, as it was at the last look. */
    private long roundTrip;

    Repairs(StreamNode stream) {
        this.stream = stream;
        requests = new RepairRequests(stream);
        holders = new Holders(stream, requests);
        refilledAt = stream.now();
        roundTrip = stream.links.usualRttNanos();
    }

    void soon() {
        scanAt = Long.MIN_VALUE;
    }

    long deadline() {
        return scanAt;
    }

    /** Whether a repaired symbol was asked for; the request is done with. */
    boolean onSymbol(Link link, long block, int esi) {
        return requests.answered(link, block, esi);
    }

    void onRefusal(long now, Link link, RepairRefusal refusal) {
        long number = Wire.widen(refusal.block(), Math.max(0, stream.blocks.newest()));
        stream.counters.add(Counter.REPAIRS_TURNED_DOWN);
        requests.refused(now, link, number, refusal.reason() != RepairRefusal.NOT_HERE);
        soon();
    }

    /**
     * A supplier that lacks a symbol itself asks and passes it on: that takes a round trip and a
     * half a hop. Asking at once as well would only take the budget from those who know what they
     * lost.
     */
    private long patienceNanos() {
        long usual = roundTrip * 3 / 2 + 2 * AGAIN_NANOS;
        return Math.max(usual, (long) (PATIENCE_SHARE * stream.spec().delayNanos()));
    }

    /** A symbol is overdue at its supplier's: look again when that one has had its time. */
    void later(long now) {
        scanAt = Math.min(scanAt, now + patienceNanos());
    }

    void onDeadline(long now) {
        if (now < scanAt) {
            return;
        }
        scanAt = Long.MAX_VALUE;
        roundTrip = stream.links.usualRttNanos();
        stream.mending.onDeadline(now);
        scanAt = Math.min(scanAt, requests.expire(now));
        if (stream.uplink.inDebt(now)) {
            scanAt = now + AGAIN_NANOS;
            return;
        }
        BlockStore blocks = stream.blocks;
        for (long b = Math.max(stream.firstNeeded(now), blocks.oldest());
                b <= blocks.newest();
                b++) {
            Block block = blocks.find(b);
            if (block == null || (!block.isWhole() && stream.mending.mayAsk(now, block))) {
                look(now, b);
            }
        }
    }

    /** Asks for as many symbols of a block as nobody is expected to bring any more. */
    private void look(long now, long number) {
        Block known = stream.blocks.find(number);
        if (known != null && !known.inDoubt()) {
            askSenders(now, known);
        }
        BitSet coming = new BitSet();
        long patience = patienceNanos();
        for (Subscription s : stream.suppliers.all()) {
            boolean lost = known != null && known.lost.get(s.esi);
            boolean useless =
                    known != null && known.spoiled() && s.esi >= stream.spec().k();
            boolean aside = stream.liars.setsAside(now, s.link, s.esi);
            if (!lost && !useless && !aside && s.expects(now, number, stream, patience)) {
                coming.set(s.esi);
                if (s.overdue(number)) {
                    scanAt = Math.min(scanAt, now + patience / 2 + 1);
                }
            }
        }
        if (known != null) {
            for (int i = 0; i < known.have(); i++) {
                coming.set(known.esis[i]);
            }
        }
        int lacking =
                stream.spec().k() - coming.cardinality() - (known == null ? 0 : known.repairsOpen);
        boolean backlog = stream.playback != null && stream.playback.backlog(now, number);
        if (lacking <= 0 || requests.open() >= (backlog ? MOST_BACKLOG : MOST_OPEN)) {
            return;
        }
        Block block = stream.blocks.open(number);
        if (block.repairAt == 0) {
            // Those who lost the same symbol ask at different times; one repair may serve many.
            block.repairAt = now + stream.random().nextLong(roundTrip / 2 + 1);
        }
        if (block.repairAt > now) {
            scanAt = Math.min(scanAt, block.repairAt);
            return;
        }
        requests.coming(block, coming);
        refill(now);
        if (askTokens < 1) {
            scanAt = Math.min(scanAt, now + AGAIN_NANOS);
        } else if (backlog) {
            askBacklog(now, block, coming, lacking);
        } else {
            ask(now, block, coming, lacking);
        }
    }

    /**
     * What was lost on its last hop is asked for at the other end of that hop, at once and whatever
     * else lacks: all those below wait for it.
     */
    private void askSenders(long now, Block block) {
        for (int esi = block.lost.nextSetBit(0); esi >= 0; esi = block.lost.nextSetBit(esi + 1)) {
            Link sender = block.has(esi) ? null : holders.sender(now, block, esi);
            if (sender != null && sender.repairsOpen < MOST_OF_SENDER) {
                note(block, esi, sender, now + sender.timeoutNanos());
                stream.counters.add(Counter.REPAIRS_ASKED);
                stream.post.send(sender, new Repair(Repair.LOST, block.number, List.of(esi)));
            }
        }
    }

    /**
     * Requests keep to a share of the stream's own symbols: what lacks more needs suppliers, not
     * repairs.
     */
    private void refill(long now) {
        double perNano = ASKED_SHARE * stream.spec().k() / stream.spec().blockNanos();
        askTokens = Math.min(MOST_OPEN, askTokens + (now - refilledAt) * perNano);
        refilledAt = now;
    }

    /** All that a block of the past lacks, from one node that has it. */
    private void askBacklog(long now, Block block, BitSet coming, int lacking) {
        Link holder = holders.ofWhole(now, block, Holders.BACKLOG);
        if (holder == null) {
            scanAt = Math.min(scanAt, now + 4 * AGAIN_NANOS);
            return;
        }
        List<Integer> esis = new ArrayList<>();
        for (int i = 0; i < lacking; i++) {
            int esi = coming.nextClearBit(0);
            if (esi < (block.spoiled() ? stream.spec().k() : stream.spec().n())) {
                coming.set(esi);
                esis.add(esi);
                note(block, esi, holder, now + holder.timeoutNanos() + BACKLOG_PATIENCE_NANOS);
            }
        }
        boolean playing = stream.playback != null && stream.playback.isStarted();
        int flags = playing ? Repair.BACKLOG | Repair.PLAYING : Repair.BACKLOG;
        askTokens--;
        block.repairAt = now + BACKLOG_PATIENCE_NANOS / 2;
        stream.post.send(holder, new Repair(flags, block.number, esis));
    }

    private void note(Block block, int esi, Link holder, long until) {
        requests.add(block, esi, holder, until);
        scanAt = Math.min(scanAt, until);
    }

    private void ask(long now, Block block, BitSet coming, int lacking) {
        long again = holders.urgent(now, block)
                ? 0
                : Math.min(block.repairTries / stream.spec().k(), 4);
        block.repairAt = now + (roundTrip << again);
        for (int i = 0; i < lacking && requests.open() < MOST_OPEN && askTokens >= 1; i++) {
            int esi = wanted(block, coming);
            Link holder = esi < 0 ? null : holders.ofWhole(now, block, esi);
            boolean whole = holder != null;
            boolean enough = stream.suppliers.flowing() >= stream.spec().k();
            holder = whole || esi < 0 || !enough ? holder : holders.ofPart(now, block, coming);
            if (esi < 0 || holder == null) {
                scanAt = Math.min(scanAt, now + AGAIN_NANOS);
                return;
            }
            boolean rare = !whole || block.repairTries >= stream.spec().k() / 2;
            esi = rare && !block.inDoubt() ? holder.offered(esi, coming) : esi;
            coming.set(esi);
            note(block, esi, holder, now + holder.timeoutNanos());
            block.repairTries++;
            askTokens--;
            stream.counters.add(Counter.REPAIRS_ASKED);
            stream.post.send(holder, new Repair(0, block.number, List.of(esi)));
        }
    }

    /**
     * An ESI that was lost on its last hop first, one that others take from here, then one that was
     * to come, then any.
     */
    private int wanted(Block block, BitSet coming) {
        if (block.inDoubt()) {
            return stream.mending.wanted(block, coming);
        }
        int usual = -1;
        for (int esi = block.lost.nextSetBit(0); esi >= 0; esi = block.lost.nextSetBit(esi + 1)) {
            if (!coming.get(esi)) {
                return esi;
            }
        }
        for (Subscription s : stream.suppliers.all()) {
            if (!coming.get(s.esi)) {
                if (stream.receivers.passesOn(s.esi)) {
                    return s.esi;
                }
                usual = s.esi;
            }
        }
        int n = stream.spec().n();
        if (usual >= 0 || coming.cardinality() >= n) {
            return usual;
        }
        int esi = stream.random().nextInt(n);
        while (coming.get(esi)) {
            esi = (esi + 1) % n;
        }
        return esi;
    }
}
