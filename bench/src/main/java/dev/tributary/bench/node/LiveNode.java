// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.core.Entrance;
import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.NodeSettings;
import dev.tributary.transport.core.Origin;
import dev.tributary.transport.core.StreamKey;
import dev.tributary.transport.core.StreamNode;
import dev.tributary.transport.core.StreamSpec;
import dev.tributary.transport.core.WireRate;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.WireReader;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The very core that a driver runs, with the cryptography that a driver gives it, in virtual time:
 * one stream, 8 of 24 at 2 Mbit/s.
 */
final class LiveNode {
    static final int K = 8;
    static final int N = 24;
    static final int SYMBOL_BYTES = 1_152;

    private static final long BITS_PER_SECOND = 2_000_000;
    private static final long DELAY_NANOS = 2_000_000_000L;
    private static final long START_NANOS = 1_000_000_000L;

    /** No driver's timer is finer; the simulator's is the same. */
    private static final long TIMER_NANOS = 100_000;

    private static final StreamKey KEY = StreamKey.of(new byte[32]);
    static final StreamSpec SPEC = new StreamSpec(
            StreamKey.streamId(KEY.publicKey(), "bench"),
            KEY.publicKey(),
            K,
            N,
            SYMBOL_BYTES,
            BITS_PER_SECOND,
            DELAY_NANOS,
            false,
            false);

    static final Origin ORIGIN = new Origin(KEY, 0, 1);

    final CountingOutbox out = new CountingOutbox();
    final Node node;
    final StreamNode stream;
    private final WireReader reader = new WireReader();
    private long now = START_NANOS;
    private long deadline;

    private LiveNode(Node node, StreamNode stream) {
        this.node = node;
        this.stream = stream;
        deadline = node.onDeadline(now, out);
    }

    /** The source, with room for so many substreams. */
    static LiveNode source(int slots) {
        Node node = node(slots);
        return new LiveNode(node, node.publish(START_NANOS, SPEC, ORIGIN));
    }

    /** A viewer that knows these addresses, with room for so many substreams. */
    static LiveNode viewer(int slots, List<Endpoint> entries) {
        Node node = node(slots);
        return new LiveNode(node, node.watch(START_NANOS, SPEC, Entrance.by(entries)));
    }

    private static Node node(int slots) {
        long cap = WireRate.capForSlots(SPEC, slots);
        SplittableRandom random = new SplittableRandom(11);
        NodeKey key = NodeKey.fresh(StrongSuite.INSTANCE, random);
        return new Node(new NodeSettings(cap), key, random);
    }

    long now() {
        return now;
    }

    /** What the source's clock shows. */
    long sourceMillis() {
        return sourceMillis(now);
    }

    static long sourceMillis(long at) {
        return (at - START_NANOS) / 1_000_000;
    }

    /** When a block comes, the first at this time. */
    static long blockAt(long firstAt, long block) {
        return firstAt + block * SPEC.blockNanos();
    }

    /** A datagram comes in now; the bytes are borrowed for the call. */
    void receive(int path, byte[] bytes, int length) {
        deadline = node.onDatagram(now, path, reader.reset(bytes, 0, length), out);
        if (deadline <= now) {
            deadline = node.onDeadline(now, out);
        }
    }

    /** The source gets a block's bytes now. */
    void write(byte[] block) {
        deadline = stream.write(now, block, 0, block.length, out);
    }

    /** Lets time pass: the core is called whenever it wanted to be. */
    void run(long until) {
        while (deadline <= until) {
            now = Math.min(until, Math.max(deadline, now + TIMER_NANOS));
            deadline = node.onDeadline(now, out);
            if (now == until && deadline <= until) {
                break; // what wants to go on at once does so in the next stretch
            }
        }
        now = until;
    }
}
