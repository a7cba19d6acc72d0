// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single symbols that did not come: asked for elsewhere, early, one request each. */
final class Repairs {
    private static final int MOST_OPEN = 96;

    /** Answers that come after the request was given up are still welcome for so long. */
    private static final long REMEMBERED_NANOS = 2_000_000_000L;

    private static final long REFUSED_NANOS = 100_000_000;

    /** From this try on the relay or the source is asked where it is linked. */
    private static final int LAST_TRIES = 3;

    private static final long AGAIN_NANOS = 10_000_000;

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
    private final List<Request> requests = new ArrayList<>();
    private int open;
    private long scanAt = Long.MAX_VALUE;

    Repairs(StreamNode stream) {
        this.stream = stream;
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

    void onRefusal(long now, Link link, long blockLow) {
        long number = Wire.widen(blockLow, Math.max(0, stream.blocks.newest()));
        link.repairAgainAt = now + REFUSED_NANOS;
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
            open--;
            Block block = stream.blocks.find(r.block);
            if (block != null) {
                block.repairsOpen--;
            }
        }
    }

    /** Answers a request, or refuses: the budget is spent, or the block is not here. */
    void onRequest(long now, Link link, Repair wish) {
        long number = Wire.widen(wish.block(), Math.max(0, stream.blocks.newest()));
        Block block = stream.blocks.find(number);
        boolean served = false;
        for (int esi : wish.esis()) {
            boolean can = block != null && esi < stream.spec().n() && block.canGive(esi);
            if (can && stream.uplink.offerRepair(now, link, number, esi, SymbolHeader.REPAIRED)) {
                stream.counters.add(Counter.REPAIRS_ANSWERED);
                served = true;
            }
        }
        if (!served) {
            stream.counters.add(Counter.REPAIRS_REFUSED);
            stream.post.send(link, new RepairRefusal(number));
        }
    }

    void onDeadline(long now) {
        if (now < scanAt) {
            return;
        }
        scanAt = Long.MAX_VALUE;
        expire(now);
        BlockStore blocks = stream.blocks;
        for (long b = Math.max(stream.firstNeeded(now), blocks.oldest());
                b <= blocks.newest();
                b++) {
            Block block = blocks.find(b);
            if (block == null || !block.isComplete()) {
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
        BitSet coming = new BitSet();
        for (Subscription s : stream.suppliers.all()) {
            if (s.expects(now, number, stream.spec().blockNanos())) {
                coming.set(s.esi);
            }
        }
        Block known = stream.blocks.find(number);
        if (known != null) {
            for (int i = 0; i < known.have(); i++) {
                coming.set(known.esis[i]);
            }
        }
        int lacking =
                stream.spec().k() - coming.cardinality() - (known == null ? 0 : known.repairsOpen);
        if (lacking <= 0 || open >= MOST_OPEN) {
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
        ask(now, block, coming, lacking);
    }

    private void ask(long now, Block block, BitSet coming, int lacking) {
        for (Request r : requests) {
            if (r.block == block.number && r.open) {
                coming.set(r.esi);
            }
        }
        for (int i = 0; i < lacking && open < MOST_OPEN; i++) {
            int esi = wanted(coming);
            Link holder = holder(now, block);
            if (esi < 0 || holder == null) {
                scanAt = Math.min(scanAt, now + AGAIN_NANOS);
                return;
            }
            coming.set(esi);
            Request request = new Request(holder, block.number, esi, now + holder.timeoutNanos());
            requests.add(request);
            open++;
            block.repairsOpen++;
            block.repairTries++;
            scanAt = Math.min(scanAt, request.expiresAt);
            stream.counters.add(Counter.REPAIRS_ASKED);
            stream.post.send(holder, new Repair(block.number, List.of(esi)));
        }
    }

    /** An ESI that others take from here first, then one that was to come, then any. */
    private int wanted(BitSet coming) {
        int usual = -1;
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

    /** A node that should have the block: random, but relay or source when it gets late. */
    private @Nullable Link holder(long now, Block block) {
        Link chosen = null;
        int seen = 0;
        for (Link link : stream.links.open()) {
            if (!mayHave(now, link, block.number)) {
                continue;
            }
            Peer peer = link.peer;
            boolean strong = peer != null && peer.role != Role.VIEWER;
            if (block.repairTries >= LAST_TRIES && strong) {
                return link;
            }
            seen++;
            if (stream.random().nextInt(seen) == 0) {
                chosen = link;
            }
        }
        return chosen;
    }

    private boolean mayHave(long now, Link link, long number) {
        Status status = link.status;
        if (status == null || status.has(Status.FLAG_NO_UPLOAD) || now < link.repairAgainAt) {
            return false;
        }
        boolean silent = link.probesUnanswered > 0;
        return !silent
                && status.tail() <= number
                && link.headNow(now, stream.spec().blockNanos()) >= number;
    }
}
