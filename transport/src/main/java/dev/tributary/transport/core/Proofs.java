// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import org.jspecify.annotations.Nullable;

/**
 * Whether what arrived is what the source made: blocks are compared with the digests of its
 * manifests before anything of them is played or built on, and a block that is known names every
 * wrong symbol.
 */
final class Proofs {
    private final StreamNode stream;
    private final Digests digests = new Digests();
    private final byte[] right;

    Proofs(StreamNode stream) {
        this.stream = stream;
        right = new byte[stream.spec().symbolBytes()];
    }

    /** A manifest vouches for the block; what is here of it is judged. */
    void onProof(long now, Block block, Proof proof) {
        block.proof = proof;
        if (block.liveAt >= 0) {
            stream.clock.onArrival(
                    block.liveAt, stream.sourceMillis(now, proof.block().millis()));
        }
        if (block.isComplete()) {
            return;
        }
        int bytes = proof.block().bytes();
        long millis = stream.sourceMillis(now, proof.block().millis());
        if (!block.agrees(bytes, millis)) {
            // Whoever described the block first lied, or passed a lie on.
            Evidence others = block.have() == 0 ? null : stream.blocks.spoil(block);
            block.describe(bytes, millis, proof.block().joinPoint());
            if (others != null) {
                blameAll(now, block, others);
                stream.blocks.dropEvidence(block);
                block.pardon();
            }
            stream.repairs.soon();
            return;
        }
        block.describe(bytes, millis, proof.block().joinPoint());
        if (block.isWhole()) {
            judge(now, block);
        }
    }

    /** K symbols of the block are here. */
    void onWhole(long now, Block block) {
        stream.blocks.decode(block);
        if (block.proof == null) {
            stream.manifests.lacking(now);
        } else {
            judge(now, block);
        }
    }

    private void judge(long now, Block block) {
        Proof proof = block.proof;
        if (proof == null) {
            return;
        }
        long epoch = proof.manifest().epochMillis();
        digests.ofBlock(epoch, block.number, block.data(), block.bytes());
        boolean right = digests.high() == proof.block().digestHigh()
                && digests.low() == proof.block().digestLow()
                && block.padded(stream.spec().k());
        if (right) {
            stream.intake.proved(now, block);
            testify(now, block);
        } else {
            spoiled(now, block, proof);
        }
    }

    /** Source symbols that match their digests stay; the others must come anew. */
    private void spoiled(long now, Block block, Proof proof) {
        stream.counters.add(Counter.BLOCKS_SPOILED);
        stream.note(now, "block " + block.number + " is not what the source made");
        int size = block.symbolBytes();
        // Spoiled twice, every symbol matched and the block did not: nobody can mend that.
        boolean mendable = !block.spoiled();
        Evidence held = stream.blocks.spoil(block);
        for (int i = 0; mendable && i < held.count(); i++) {
            int esi = held.esis()[i];
            Link sender = held.senders()[i];
            if (sender == null || esi >= stream.spec().k()) {
                continue;
            }
            if (matches(proof, block, esi, held.symbols(), i * size)) {
                stream.blocks.add(block, esi, held.symbols(), i * size);
                block.lastCameFrom(sender, true);
            } else {
                held.senders()[i] = null;
                blame(now, sender, block, esi, held.checked().get(i));
            }
        }
        stream.repairs.soon();
    }

    /** Whether it is a source symbol, and the one that the source made. */
    boolean matches(Proof proof, Block block, int esi, byte[] from, int offset) {
        long[] known = proof.block().symbols();
        int size = block.symbolBytes();
        return esi < known.length
                && digests.ofSymbols(proof.manifest().salt(), block.number)
                                .symbol(esi, from, offset, size)
                        == known[esi];
    }

    /** The block is known: every symbol that came when it was not is judged. */
    private void testify(long now, Block block) {
        for (Block.Claim claim : block.takeClaims()) {
            judge(now, block, claim);
        }
        Evidence held = block.evidence();
        if (held == null) {
            return;
        }
        int size = block.symbolBytes();
        for (int i = 0; i < held.count(); i++) {
            int esi = held.esis()[i];
            Link sender = held.senders()[i];
            if (sender != null && !stream.blocks.isRight(block, esi, held.symbols(), i * size)) {
                blame(now, sender, block, esi, held.checked().get(i));
            }
        }
        stream.blocks.dropEvidence(block);
    }

    /** What a symbol's header says of its block. */
    static long description(int blockBytes, long millis) {
        return (long) blockBytes << 32 | (millis & 0xFFFFFFFFL);
    }

    /** Compares what was said of a symbol with what it is, in a complete block. */
    void judge(long now, Block block, Block.Claim claim) {
        stream.blocks.copySymbol(block, claim.esi(), right, 0);
        long told = description(block.bytes(), block.millis());
        long digest = digests.ofSymbols(told, block.number)
                .symbol(claim.esi(), right, 0, block.symbolBytes());
        if (claim.digest() == digest) {
            stream.liars.right(claim.sender(), block, claim.esi());
        } else {
            blame(now, claim.sender(), block, claim.esi(), claim.checked());
        }
    }

    private void blameAll(long now, Block block, Evidence held) {
        for (int i = 0; i < held.count(); i++) {
            blame(now, held.senders()[i], block, held.esis()[i], held.checked().get(i));
        }
    }

    /** A symbol is not what the source made. */
    void blame(long now, @Nullable Link sender, Block block, int esi, boolean checked) {
        stream.counters.add(Counter.SYMBOLS_WRONG);
        if (sender == null) {
            return;
        }
        if (checked) {
            String what = "sent a wrong symbol as checked: block " + block.number + " esi " + esi;
            stream.liars.caught(now, sender, what);
        } else {
            stream.liars.tell(now, sender, block, esi);
        }
    }
}
