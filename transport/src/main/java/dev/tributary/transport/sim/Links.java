// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The network: says for each datagram whether and when it reaches which node. */
final class Links {
    /** Where a datagram starts in its array; not 0, so that a forgotten offset shows at once. */
    static final int OFFSET = 42;

    private static final int BUFFER_BYTES = OFFSET + Wire.MAX_RECEIVED_BYTES;
    private static final int PORT = 7_000;
    private static final int TEN = 10 << 24;
    private static final int MOST_NODES = 1 << 24;

    /** What a socket buffers while its process stalls. */
    private static final int SOCKET_BYTES = 1 << 20;

    private final Scenario.Network network;
    private final EventQueue queue;
    private final RunDigest digest;
    private final SplittableRandom random;
    private final long pairSeed;
    private final List<SimNode> nodes = new ArrayList<>();
    private final ArrayList<byte[]> spare = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private double loss;
    private double meanBurst;
    private long now;

    Links(Scenario.Network network, EventQueue queue, RunDigest digest, long seed) {
        this.network = network;
        this.queue = queue;
        this.digest = digest;
        random = new SplittableRandom(RunDigest.mix(seed ^ 0x6C696E6B73L));
        pairSeed = RunDigest.mix(seed + 1);
        loss = network.loss();
        meanBurst = network.meanBurst();
    }

    static Endpoint endpoint(int node) {
        return Endpoint.ipv4(TEN | node + 1, PORT);
    }

    /** The node at an address; nobody is there when no such node has joined. */
    static int nodeAt(Endpoint endpoint) {
        if (!endpoint.isIpv4() || endpoint.port() != PORT || (int) endpoint.low() >>> 24 != 10) {
            throw new AssertionError("nobody told anybody of " + endpoint);
        }
        return ((int) endpoint.low() & MOST_NODES - 1) - 1;
    }

    void add(SimNode node) {
        nodes.add(node);
    }

    List<SimNode> nodes() {
        return nodes;
    }

    long now() {
        return now;
    }

    void now(long time) {
        now = time;
    }

    void loss(double share, double burst) {
        loss = share;
        meanBurst = burst;
    }

    void cut(int one, int other, long untilNanos) {
        cuts.add(new Cut(Math.min(one, other), Math.max(one, other), untilNanos));
    }

    void timer(int node, long at) {
        queue.push(at, EventQueue.TIMER, node, 0);
    }

    byte[] buffer() {
        return spare.isEmpty() ? new byte[BUFFER_BYTES] : spare.removeLast();
    }

    /** Takes a buffer back, spoilt, so that whoever still reads it notices. */
    void recycle(byte[] buffer) {
        Arrays.fill(buffer, (byte) 0xEE);
        spare.add(buffer);
    }

    /** Sends {@code length} bytes at {@link #OFFSET}; takes the buffer over. */
    void send(SimNode from, int to, byte[] buffer, int length) {
        digest.add(now, from.index(), to, length);
        digest.add(buffer, OFFSET, length);
        long left = from.up().pass(now, length + Wire.IPV4_OVERHEAD_BYTES);
        if (left == TbfLink.DROPPED) {
            from.traffic().uplinkDrop();
        }
        if (left == TbfLink.DROPPED
                || to < 0
                || to >= nodes.size()
                || isCut(from.index(), to)
                || loses(nodes.get(to))) {
            recycle(buffer);
            return;
        }
        long at = from.inOrder(to, left + delay(from.index(), to), network);
        queue.push(
                at, EventQueue.ARRIVE, from.index(), to, new EventQueue.Datagram(buffer, length));
    }

    /** A datagram at the far end of its path: through the downlink, then to the process. */
    void onArrive(int from, int to, byte[] buffer, int length) {
        SimNode node = nodes.get(to);
        if (node.down().unlimited()) {
            onDeliver(from, to, buffer, length);
            return;
        }
        long at = node.down().pass(now, length + Wire.IPV4_OVERHEAD_BYTES);
        if (at == TbfLink.DROPPED) {
            node.traffic().downlinkDrop();
            recycle(buffer);
            return;
        }
        queue.push(at, EventQueue.DELIVER, from, to, new EventQueue.Datagram(buffer, length));
    }

    void onDeliver(int from, int to, byte[] buffer, int length) {
        SimNode node = nodes.get(to);
        if (node.frozenUntil() > now && node.waits(length, SOCKET_BYTES)) {
            var datagram = new EventQueue.Datagram(buffer, length);
            queue.push(node.frozenUntil(), EventQueue.DELIVER, from, to, datagram);
            return;
        }
        if (node.alive() && node.frozenUntil() <= now) {
            digest.add(now, from, to, -length);
            node.onDatagram(from, buffer, length);
        }
        recycle(buffer);
    }

    private boolean loses(SimNode receiver) {
        if (loss == 0) {
            return false;
        }
        if (meanBurst <= 1) {
            return random.nextDouble() < loss;
        }
        double enter = loss / (meanBurst * (1 - loss));
        double chance = receiver.inBurst() ? 1 - 1 / meanBurst : enter;
        receiver.inBurst(random.nextDouble() < chance);
        return receiver.inBurst();
    }

    private long delay(int from, int to) {
        long nanos = network.latencyNanos();
        if (network.spreadNanos() > 0) {
            long pair = (long) Math.min(from, to) << 32 | Math.max(from, to);
            nanos += Math.floorMod(RunDigest.mix(pairSeed ^ pair), network.spreadNanos());
        }
        return network.jitterNanos() > 0 ? nanos + random.nextLong(network.jitterNanos()) : nanos;
    }

    private boolean isCut(int from, int to) {
        if (cuts.isEmpty()) {
            return false;
        }
        cuts.removeIf(cut -> cut.untilNanos <= now);
        int one = Math.min(from, to);
        int other = Math.max(from, to);
        return cuts.stream().anyMatch(cut -> cut.one == one && cut.other == other);
    }

    private record Cut(int one, int other, long untilNanos) {}
}
