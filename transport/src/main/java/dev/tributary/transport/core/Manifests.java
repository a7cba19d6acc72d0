// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.LagEstimate;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Message.ManifestRequest;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the source vouches for: taken in, checked, passed on at once, kept for those who miss it,
 * and asked for when it does not come.
 */
final class Manifests {
    /** One answer brings at most so many. */
    private static final int MOST_ASKED = 16;

    private static final long AGAIN_NANOS = 20_000_000;

    /** Beyond what is usual, before a manifest is asked for. */
    private static final long SLACK_NANOS = 50_000_000;

    /** Before anything is known of what is usual. */
    private static final long FIRST_LAG_NANOS = 200_000_000;

    /** However late manifests were of late, a part of the delay must be left to ask for them. */
    private static final int LAG_SHARE = 4;

    /** The manifests of so many seconds beside twice the delay are kept. */
    private static final int KEPT_SECONDS = 4;

    private record Kept(Manifest manifest, byte[] signed) {}

    private final StreamNode stream;
    private final SourceVoice voice;
    private final ManifestFeed feed;
    private final @Nullable Kept[] kept;
    private final LagEstimate lag = new LagEstimate();
    private final WireReader reader = new WireReader();
    private long epoch = -1;
    private long newest = -1;
    private long askAt = Long.MAX_VALUE;
    private long askedUntil;
    private @Nullable Link askedLast;

    /** What was asked for last, and how often in vain. */
    private long askedFor = -1;

    private int askedInVain;

    Manifests(StreamNode stream) {
        this.stream = stream;
        voice = new SourceVoice(stream.spec());
        feed = new ManifestFeed(stream);
        StreamSpec spec = stream.spec();
        double seconds = 2 * spec.delayNanos() / 1e9 + KEPT_SECONDS;
        int fastest = (int) (spec.bitsPerSecond() / 8 / spec.blockBytes()) / 4;
        kept = new Kept[(int) (seconds * (10 + fastest))];
    }

    /** Unix milliseconds at which the source began, -1 while no manifest has come. */
    long epoch() {
        return epoch;
    }

    SourceVoice voice() {
        return voice;
    }

    ManifestFeed feed() {
        return feed;
    }

    /** The source's way in. */
    void publish(long now, Manifest manifest, byte[] signed) {
        epoch = manifest.epochMillis();
        take(now, manifest, signed);
        feed.passOn(signed, null);
    }

    void onManifest(long now, Link link, SignedManifest told) {
        Counters counters = stream.counters;
        if (!feed.comesFrom(link) && link.manifestsOwed <= 0) {
            counters.add(Counter.MANIFESTS_UNASKED);
            feed.unwanted(link);
            return;
        }
        boolean owed = link.manifestsOwed > 0;
        link.manifestsOwed = Math.max(0, link.manifestsOwed - 1);
        byte[] signed = told.signed();
        int length = signed.length - Manifest.SIGNATURE_BYTES;
        reader.reset(signed, 0, Math.max(0, length));
        Manifest manifest = Manifest.read(reader);
        if (reader.failed() || reader.remaining() > 0 || !fits(manifest)) {
            counters.add(Counter.MANIFESTS_FORGED);
            return;
        }
        if (manifest.epochMillis() < epoch) {
            counters.add(Counter.MANIFESTS_STALE);
        } else if (manifest.epochMillis() == epoch && known(manifest)) {
            again(now, link, manifest.sequence(), told.depth());
        } else if (!voice.said(SourceWord.MANIFEST, signed, length)) {
            counters.add(Counter.MANIFESTS_FORGED);
            stream.liars.caught(now, link, "sent a manifest that the source did not sign");
        } else {
            feed.onManifest(now, link, told.depth());
            if (!owed) {
                sampleLag(now, link, manifest);
            }
            accept(now, link, manifest, signed);
        }
    }

    /** One that is here already. Its blocks may not have been in the window when it came. */
    private void again(long now, Link link, long sequence, int depth) {
        stream.counters.add(Counter.MANIFESTS_DUPLICATE);
        if (sequence == newest) {
            feed.onManifest(now, link, depth);
        }
        Kept there = kept[(int) (sequence % kept.length)];
        if (there != null && there.manifest.sequence() == sequence) {
            vouch(now, there.manifest);
        }
    }

    private boolean fits(Manifest m) {
        StreamSpec spec = stream.spec();
        return m.k() == spec.k()
                && m.n() == spec.n()
                && m.symbolBytes() == spec.symbolBytes()
                && m.closed() == spec.closed()
                && m.encrypted() == spec.encrypted();
    }

    private boolean known(Manifest m) {
        if (m.sequence() <= newest - kept.length) {
            return true;
        }
        Kept there = kept[(int) (m.sequence() % kept.length)];
        return there != null && there.manifest.sequence() == m.sequence();
    }

    /** Of those that came by themselves: an answer's lag says when it was asked for. */
    private void sampleLag(long now, Link link, Manifest manifest) {
        if (feed.comesFrom(link) && manifest.sequence() > newest) {
            long millis = stream.sourceMillis(now, manifest.sourceMillis());
            lag.sample(now - stream.clock.arrivalNanos(millis));
        }
    }

    private void accept(long now, Link link, Manifest manifest, byte[] signed) {
        stream.counters.add(Counter.MANIFESTS_IN);
        if (epoch >= 0 && manifest.epochMillis() > epoch) {
            if (stream.blocks.newestComplete() >= 0) {
                stream.beganAnew(now);
                return;
            }
            forget();
        }
        epoch = manifest.epochMillis();
        boolean gap = newest >= 0 && manifest.sequence() > newest + 1;
        feed.passOn(signed, link);
        take(now, manifest, signed);
        askedUntil = link == askedLast ? 0 : askedUntil;
        askAt = Math.min(askAt, Math.max(askedUntil, gap ? now : nextLook(now)));
    }

    private void take(long now, Manifest manifest, byte[] signed) {
        kept[(int) (manifest.sequence() % kept.length)] = new Kept(manifest, signed);
        newest = Math.max(newest, manifest.sequence());
        vouch(now, manifest);
    }

    /** Nothing was proved by what an earlier run of the source had said. */
    private void forget() {
        stream.note(stream.now(), "the first manifests were of an earlier run");
        Arrays.fill(kept, null);
        newest = -1;
        for (long b = stream.blocks.oldest(); b <= stream.blocks.newest(); b++) {
            Block block = stream.blocks.find(b);
            if (block != null) {
                block.proof = null;
            }
        }
    }

    private void vouch(long now, Manifest manifest) {
        for (int i = 0; i < manifest.blocks().size(); i++) {
            long number = manifest.firstBlock() + i;
            if (stream.blocks.accepts(number, stream.intake.silentNanos(now))) {
                Block block = stream.blocks.open(number);
                if (block.proof == null) {
                    Proof proof = new Proof(manifest, manifest.blocks().get(i));
                    stream.proofs.onProof(now, block, proof);
                }
            }
        }
    }

    /** Sends what vouches for a block and those after it, if it is here. */
    void onRequest(long now, Link link, ManifestRequest wish) {
        long number = Wire.widen(wish.block(), Math.max(0, stream.blocks.newest()));
        Block block = stream.blocks.find(number);
        Proof proof = block == null ? null : block.proof;
        boolean busy = stream.uplink.inDebt(now) || stream.uplink.behind(now);
        if (proof == null || busy || stream.receivers.slots() == 0) {
            stream.counters.add(Counter.MANIFESTS_REFUSED);
            return;
        }
        long first = proof.manifest().sequence();
        int most = Math.min(wish.most(), MOST_ASKED);
        for (long s = first; s < first + most && s <= newest; s++) {
            Kept one = kept[(int) (s % kept.length)];
            if (one != null && one.manifest.sequence() == s && !stream.uplink.inDebt(now)) {
                feed.send(link, one.signed);
            }
        }
    }

    /** A block is whole, or wanted, and nothing vouches for it. */
    void lacking(long now) {
        askAt = Math.min(askAt, Math.max(askedUntil, nextLook(now)));
    }

    private long nextLook(long now) {
        return now + AGAIN_NANOS;
    }

    long deadline() {
        return Math.min(askAt, feed.deadline());
    }

    void onDeadline(long now) {
        feed.onDeadline(now);
        if (now >= askAt) {
            askAt = Long.MAX_VALUE;
            long block = firstLate(now);
            if (block >= 0) {
                ask(now, block);
            }
        }
    }

    /** The first block whose manifest should be here, -1 for none; looks again when one is due. */
    private long firstLate(long now) {
        long usual = lag.sampled() ? lag.boundNanos(0) : FIRST_LAG_NANOS;
        usual = Math.min(usual, stream.spec().delayNanos() / LAG_SHARE);
        long patience = ManifestMaker.intervalNanos(stream.spec()) + usual + SLACK_NANOS;
        Kept last = newest < 0 ? null : kept[(int) (newest % kept.length)];
        long vouched = last == null ? -1 : last.manifest.firstBlock();
        BlockStore blocks = stream.blocks;
        long first = Math.max(stream.firstNeeded(now), blocks.oldest());
        for (long b = first; b <= blocks.newest(); b++) {
            Block block = blocks.find(b);
            if (block != null && block.proof != null) {
                continue;
            }
            long due = stream.clock.arrivalNanos(blocks.millis(b)) + patience;
            if (b < vouched || now >= due) {
                return b;
            }
            askAt = Math.min(askAt, due);
        }
        return -1;
    }

    private void ask(long now, long block) {
        askedInVain = block == askedFor ? askedInVain + 1 : 0;
        askedFor = block;
        Link holder = feed.holder(now, askedLast, askedInVain);
        askedLast = holder;
        if (holder == null) {
            askAt = now + 2 * AGAIN_NANOS;
            return;
        }
        stream.counters.add(Counter.MANIFESTS_ASKED);
        holder.manifestsOwed = MOST_ASKED;
        stream.post.send(holder, new ManifestRequest(block, MOST_ASKED));
        askedUntil = now + holder.timeoutNanos();
        askAt = askedUntil;
    }
}
