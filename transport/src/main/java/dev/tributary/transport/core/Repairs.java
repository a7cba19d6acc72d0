// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single symbols that did not come: asked for elsewhere, early, one request each. */
final class Repairs {
    private static final int MOST_OPEN = 96;

    /** In place of an ESI: any that the block lacks. */
    private static final int BACKLOG = -1;

    /** Of these for the past of a newcomer: twice the rate of the stream at 150 ms a request. */
    private static final int MOST_BACKLOG = 64;

    /** Spare capacity may take its time. */
    private static final long BACKLOG_PATIENCE_NANOS = 250_000_000;

    /** Answers that come after the request was given up are still welcome for so long. */
    private static final long REMEMBERED_NANOS = 2_000_000_000L;

    private static final long REFUSED_NANOS = 100_000_000;

    /** In this last part of the target delay, and the time below, relay or source come first. */
    private static final double LAST_SHARE = 0.2;

    private static final long LAST_NANOS = 400_000_000;

    /** For this part of the target delay a supplier that lacks a symbol itself may mend it. */
    private static final double PATIENCE_SHARE = 0.3;

    private static final long AGAIN_NANOS = 10_000_000;

    /** A third of all symbols lost is no longer a matter for repair. */
    private static final double ASKED_SHARE = 0.33;

    /** A symbol that one node was asked for; kept a while after it was given up. */
    private static final class Request {
        final Link link;
        final long block;
        final int esi;
        final long expiresAt;
        boolean open = true;

        Request(Link link, long block, int esi, long expiresAt) {
            this.link = link;
            this.block = block;
            this.esi = esi;
            this.expiresAt = expiresAt;
        }
    }

    private final StreamNode stream;
    private double askTokens = MOST_OPEN;
    private long refilledAt;
    private final List<Request> requests = new ArrayList<>();
    private int open;
    private long scanAt = Long.MAX_VALUE;

    Repairs(StreamNode stream) {
        this.stream = stream;
        refilledAt = stream.now();
    }

    void soon() {
        scanAt = Long.MIN_VALUE;
    }

    long deadline() {
        return scanAt;
    }

    /** Whether a repaired symbol was asked for; the request is done with. */
    boolean onSymbol(Link link, long block, int esi) {
        for (int i = 0; i < requests.size(); i++) {
            Request r = requests.get(i);
            if (r.link == link && r.block == block && r.esi == esi) {
                close(r);
                requests.remove(i);
                return true;
            }
        }
        return false;
    }

    void onRefusal(long now, Link link, RepairRefusal refusal) {
        long number = Wire.widen(refusal.block(), Math.max(0, stream.blocks.newest()));
        if (refusal.reason() != RepairRefusal.NOT_HERE) {
            link.repairAgainAt = now + REFUSED_NANOS;
            link.backlogAgainAt = now + REFUSED_NANOS * 3 / 2;
        }
        stream.counters.add(Counter.REPAIRS_TURNED_DOWN);
        for (Request r : requests) {
            if (r.link == link && r.block == number) {
                close(r);
            }
        }
        soon();
    }

    private void close(Request r) {
        if (r.open) {
            r.open = false;
            r.link.repairsOpen--;
            open--;
            Block block = stream.blocks.find(r.block);
            if (block != null) {
                block.repairsOpen--;
            }
        }
    }

    /**
     * A supplier that lacks a symbol itself asks and passes it on: that takes a round trip and a
     * half a hop. Asking at once as well would only take the budget from those who know what they
     * lost.
     */
    private long patienceNanos() {
        long usual = stream.links.usualRttNanos() * 3 / 2 + 2 * AGAIN_NANOS;
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
        stream.mending.onDeadline(now);
        expire(now);
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

    private void expire(long now) {
        for (int i = requests.size() - 1; i >= 0; i--) {
            Request r = requests.get(i);
            if (now >= r.expiresAt) {
                close(r);
            }
            if (now >= r.expiresAt + REMEMBERED_NANOS) {
                requests.remove(i);
            } else if (r.open) {
                scanAt = Math.min(scanAt, r.expiresAt);
            }
        }
    }

    /** Asks for as many symbols of a block as nobody is expected to bring any more. */
    private void look(long now, long number) {
        Block known = stream.blocks.find(number);
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
        if (lacking <= 0 || open >= (backlog ? MOST_BACKLOG : MOST_OPEN)) {
            return;
        }
        Block block = stream.blocks.open(number);
        if (block.repairAt == 0) {
            // Those who lost the same symbol ask at different times; one repair may serve many.
            block.repairAt = now + stream.random().nextLong(stream.links.usualRttNanos() / 2 + 1);
        }
        if (block.repairAt > now) {
            scanAt = Math.min(scanAt, block.repairAt);
            return;
        }
        for (Request r : requests) {
            if (r.block == block.number && r.open) {
                coming.set(r.esi);
            }
        }
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
        Link holder = holder(now, block, BACKLOG);
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
        requests.add(new Request(holder, block.number, esi, until));
        open++;
        holder.repairsOpen++;
        block.repairsOpen++;
        scanAt = Math.min(scanAt, until);
    }

    private void ask(long now, Block block, BitSet coming, int lacking) {
        long again = urgent(now, block)
                ? 0
                : Math.min(block.repairTries / stream.spec().k(), 4);
        block.repairAt = now + (stream.links.usualRttNanos() << again);
        for (int i = 0; i < lacking && open < MOST_OPEN && askTokens >= 1; i++) {
            int esi = wanted(block, coming);
            Link sender = esi < 0 ? null : supplierThatSentIt(now, block, esi);
            Link holder = sender == null ? holder(now, block, esi) : sender;
            if (esi < 0 || holder == null) {
                scanAt = Math.min(scanAt, now + AGAIN_NANOS);
                return;
            }
            boolean rare = block.repairTries >= stream.spec().k() / 2;
            esi = rare && sender == null && !block.inDoubt() ? holder.offered(esi, coming) : esi;
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

    /** What was lost on its last hop is at the other end of that hop. */
    private @Nullable Link supplierThatSentIt(long now, Block block, int esi) {
        Subscription s = stream.suppliers.active(esi);
        if (s == null || !block.lost.get(esi) || askedBefore(s.link, block)) {
            return null;
        }
        boolean able = now >= s.link.repairAgainAt
                && s.link.probesUnanswered == 0
                && !stream.liars.doubts(now, s.link);
        return able ? s.link : null;
    }

    /** Random among the least busy that should have the block; relay or source when it is late. */
    private @Nullable Link holder(long now, Block block, int esi) {
        Link chosen = null;
        double least = Double.MAX_VALUE;
        boolean urgent = urgent(now, block);
        for (Link link : stream.links.open()) {
            if (!mayHave(now, link, block.number)
                    || (esi == BACKLOG && now < link.backlogAgainAt)) {
                continue;
            }
            Peer peer = link.peer;
            boolean strong = peer != null && peer.role != Role.VIEWER;
            double cost = link.repairsOpen / 4.0
                    + stream.random().nextDouble()
                    + (askedBefore(link, block) ? 4 : 0)
                    - (block.inDoubt() && Mending.offers(link, esi) ? 2 : 0)
                    - (urgent && strong ? 8 : 0);
            if (cost < least) {
                least = cost;
                chosen = link;
            }
        }
        return chosen;
    }

    /** A node that should have the block, another than the last one if there is one. */
    @Nullable
    Link holderOf(long now, long number, @Nullable Link last) {
        Link chosen = null;
        double least = Double.MAX_VALUE;
        for (Link link : stream.links.open()) {
            double cost = stream.random().nextDouble() + (link == last ? 1 : 0);
            if (mayHave(now, link, number) && cost < least) {
                least = cost;
                chosen = link;
            }
        }
        return chosen;
    }

    private boolean urgent(long now, Block block) {
        long age = now - stream.clock.arrivalNanos(stream.blocks.millis(block.number));
        long delay = stream.spec().delayNanos();
        return age > delay - Math.max((long) (LAST_SHARE * delay), LAST_NANOS);
    }

    private boolean askedBefore(Link link, Block block) {
        for (Request r : requests) {
            if (r.link == link && r.block == block.number) {
                return true;
            }
        }
        return false;
    }

    private boolean mayHave(long now, Link link, long number) {
        Status status = link.status;
        if (status == null || status.has(Status.FLAG_NO_UPLOAD) || now < link.repairAgainAt) {
            return false;
        }
        boolean silent = link.probesUnanswered > 0;
        return !silent
                && !stream.liars.doubts(now, link)
                && status.tail() <= number
                && link.headNow(now, stream.spec().blockNanos()) >= number;
    }
}
