// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One block in the window. It fills with symbols, is whole with K of them, and complete once its
 * bytes have proved to be the source's. One whose bytes did not is spoiled: it takes source symbols
 * only, each compared with its digest, until it is known which of the others are in doubt.
 */
final class Block {
    final long number;
    final int[] esis;
    private final byte[] slotOf;
    private final @Nullable Link[] senders;
    private final BitSet checked = new BitSet();
    private boolean described;
    private boolean complete;
    private boolean spoiled;
    private boolean joinPoint;
    private int bytes;
    private int symbolBytes;
    private long millis;
    private int have;
    private byte @Nullable [] symbols;
    private byte @Nullable [] data;
    private @Nullable BuiltSymbols built;
    private @Nullable Evidence evidence;

    /** What the source vouches for, null until its manifest has come. */
    @Nullable
    Proof proof;

    /** When the first live symbol came, -1 when none has. */
    long liveAt = -1;

    /** ESIs whose symbols were lost on their last hop: nobody will bring them unasked. */
    final BitSet lost = new BitSet();

    /** Blocks' own record of repairs: when the next request for it may go out. */
    long repairAt;

    int repairsOpen;
    int repairTries;

    /** What a node says a symbol is, that does not count before the block is known. */
    record Claim(Link sender, int esi, boolean checked, long digest) {}

    private List<Claim> claims = List.of();

    Block(long number, int k, int n) {
        this.number = number;
        esis = new int[k];
        senders = new Link[k];
        slotOf = new byte[n];
    }

    /** What every symbol's header says of its block. */
    void describe(int blockBytes, long sourceMillis, boolean join) {
        described = true;
        bytes = blockBytes;
        millis = sourceMillis;
        joinPoint = join;
        symbolBytes = Math.max(1, (blockBytes + esis.length - 1) / esis.length);
    }

    boolean agrees(int blockBytes, long sourceMillis) {
        return !described || (bytes == blockBytes && millis == sourceMillis);
    }

    /** Copies a symbol in; {@code pool} is used when it is the first. */
    void add(int esi, byte[] from, int offset, BytePool pool) {
        byte[] into = symbols;
        if (into == null) {
            into = pool.take();
            symbols = into;
        }
        System.arraycopy(from, offset, into, have * symbolBytes, symbolBytes);
        esis[have] = esi;
        have++;
        slotOf[esi] = (byte) have;
    }

    /** Who answers for the symbol that came last, and whether it says that it has checked it. */
    void lastCameFrom(Link sender, boolean vouched) {
        senders[have - 1] = sender;
        checked.set(have - 1, vouched);
    }

    /** K symbols were decoded; whether they are the source's is not known yet. */
    void whole(byte[] decoded) {
        data = decoded;
    }

    /** The block is proved; its bytes stay with it until it is evicted. */
    void complete(byte[] whole, BytePool pool) {
        data = whole;
        complete = true;
        have = esis.length;
        giveSymbols(pool);
    }

    /**
     * Not all that came is the source's: the symbols become evidence, in place of what was there,
     * and the block is empty again.
     */
    Evidence spoil(BytePool pool) {
        byte[] held = symbols;
        if (held == null) {
            throw new IllegalStateException("block " + number + " holds no symbols");
        }
        Evidence kept = new Evidence(
                have, esis.clone(), senders.clone(), BitSet.valueOf(checked.toLongArray()), held);
        dropEvidence(pool);
        evidence = kept;
        spoiled = true;
        symbols = null;
        giveData(pool);
        have = 0;
        checked.clear();
        Arrays.fill(slotOf, (byte) 0);
        Arrays.fill(senders, null);
        return kept;
    }

    /** Whether it takes only what matches a digest. */
    boolean spoiled() {
        return spoiled;
    }

    void claim(Claim claim) {
        if (claims.isEmpty()) {
            claims = new ArrayList<>();
        }
        if (claims.size() < slotOf.length) {
            claims.add(claim);
        }
    }

    /** Whether some of its symbols came and do not count. */
    boolean inDoubt() {
        return evidence != null || !claims.isEmpty();
    }

    List<Claim> takeClaims() {
        List<Claim> taken = claims;
        claims = List.of();
        return taken;
    }

    /** Takes any symbol again. */
    void pardon() {
        spoiled = false;
    }

    /** What it held when it last proved wrong, null if it never did. */
    @Nullable
    Evidence evidence() {
        return evidence;
    }

    void dropEvidence(BytePool pool) {
        Evidence kept = evidence;
        if (kept != null) {
            evidence = null;
            pool.give(kept.symbols());
        }
    }

    /** Gives all arrays back. */
    void evict(BytePool pool) {
        giveSymbols(pool);
        giveData(pool);
        dropEvidence(pool);
        built = null;
        complete = false;
    }

    private void giveSymbols(BytePool pool) {
        if (symbols != null) {
            pool.give(symbols);
            symbols = null;
        }
    }

    private void giveData(BytePool pool) {
        if (data != null) {
            pool.give(data);
            data = null;
        }
    }

    boolean has(int esi) {
        return slotOf[esi] != 0;
    }

    /** Whether the symbol can be sent now: all can, of a complete block. */
    boolean canGive(int esi) {
        return complete || slotOf[esi] != 0;
    }

    /** Copies a symbol that arrived out of a block that is not complete. */
    void copyArrived(int esi, byte[] to, int offset) {
        System.arraycopy(symbols(), (slotOf[esi] - 1) * symbolBytes, to, offset, symbolBytes);
    }

    byte @Nullable [] built(int esi) {
        return built == null ? null : built.find(esi);
    }

    void keepBuilt(int esi, byte[] symbol) {
        if (built == null) {
            built = new BuiltSymbols();
        }
        built.add(esi, Arrays.copyOf(symbol, symbolBytes));
    }

    byte[] symbols() {
        if (symbols == null) {
            throw new IllegalStateException("block " + number + " holds no symbols");
        }
        return symbols;
    }

    /** The bytes of a block that is whole, proved or not. */
    byte[] data() {
        if (data == null) {
            throw new IllegalStateException("block " + number + " is not whole");
        }
        return data;
    }

    /**
     * Whether zeros follow the bytes of a whole block to the end of its last symbol: what is built
     * rests on them as well.
     */
    boolean padded(int k) {
        byte[] all = data();
        int last = k * symbolBytes;
        for (int i = bytes; i < last; i++) {
            if (all[i] != 0) {
                return false;
            }
        }
        return true;
    }

    boolean described() {
        return described;
    }

    /** Whether its bytes are here, proved or not. */
    boolean isWhole() {
        return data != null;
    }

    boolean isComplete() {
        return complete;
    }

    boolean joinPoint() {
        return joinPoint;
    }

    int bytes() {
        return bytes;
    }

    int symbolBytes() {
        return symbolBytes;
    }

    long millis() {
        return millis;
    }

    int have() {
        return have;
    }
}
