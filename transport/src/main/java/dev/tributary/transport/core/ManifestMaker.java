// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Manifest.Vouched;
import java.util.ArrayList;
import java.util.List;

/** The source's manifests: one for the blocks of each short while, also when there are none. */
final class ManifestMaker {
    /** A signature and its headers cost 11 kbit/s at this interval: 1.1 % of the rate and less. */
    private static final long INTERVAL_NANOS = 125_000_000;

    /** The same for slower streams. */
    private static final long SLOW_INTERVAL_NANOS = 200_000_000;

    private static final long SLOW_BITS_PER_SECOND = 1_000_000;

    private final StreamNode stream;
    private final Origin origin;
    private final int capacity;
    private final Digests digests = new Digests();
    private final List<Vouched> waiting = new ArrayList<>();
    private long salt;
    private long firstBlock;
    private long sequence;
    private long signAt;

    ManifestMaker(StreamNode stream, Origin origin, long now) {
        this.stream = stream;
        this.origin = origin;
        capacity = Manifest.capacity(stream.spec().k());
        salt = stream.random().nextLong();
        signAt = now + intervalNanos(stream.spec());
    }

    /** The time from one manifest to the next. */
    static long intervalNanos(StreamSpec spec) {
        return spec.bitsPerSecond() > SLOW_BITS_PER_SECOND ? INTERVAL_NANOS : SLOW_INTERVAL_NANOS;
    }

    long deadline() {
        return signAt;
    }

    void onDeadline(long now) {
        if (now >= signAt) {
            sign(now);
        }
    }

    /** A block is closed: the next manifest vouches for it. */
    void onBlock(long now, Block block) {
        byte[] data = block.data();
        int size = block.symbolBytes();
        long[] symbols = new long[stream.spec().k()];
        digests.ofSymbols(salt, block.number);
        for (int esi = 0; esi < symbols.length; esi++) {
            symbols[esi] = digests.symbol(esi, data, esi * size, size);
        }
        digests.ofBlock(origin.epochMillis(), block.number, data, block.bytes());
        waiting.add(new Vouched(
                block.bytes(),
                block.millis(),
                block.joinPoint(),
                digests.high(),
                digests.low(),
                symbols));
        if (waiting.size() >= capacity) {
            sign(now);
        }
    }

    /** Signs what waits; the next one follows after an interval. */
    void sign(long now) {
        StreamSpec spec = stream.spec();
        Manifest manifest = new Manifest(
                origin.epochMillis(),
                sequence,
                stream.clock.sourceMillis(now),
                spec.k(),
                spec.n(),
                spec.symbolBytes(),
                spec.bitsPerSecond(),
                spec.closed(),
                spec.encrypted(),
                salt,
                firstBlock,
                List.copyOf(waiting));
        byte[] signed = origin.sign(spec, manifest);
        firstBlock += waiting.size();
        sequence++;
        waiting.clear();
        salt = stream.random().nextLong();
        signAt = now + intervalNanos(spec);
        stream.manifests.publish(now, manifest, signed);
    }
}
