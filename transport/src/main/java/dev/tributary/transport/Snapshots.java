// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.Counter;
import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.StreamSnapshot;
import dev.tributary.transport.netty.DriverCounts;
import dev.tributary.transport.netty.Endpoints;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Puts what core, driver and playout counted into one record for the embedder. */
final class Snapshots {
    /** Those that the record has a component for. */
    private static final Set<Counter> NAMED = EnumSet.of(
            Counter.BLOCKS_PLAYED,
            Counter.BYTES_PLAYED,
            Counter.BLOCKS_GAP,
            Counter.BLOCKS_LATE,
            Counter.REPAIRS_ASKED,
            Counter.REPAIRS_RECEIVED,
            Counter.REPAIRS_ANSWERED,
            Counter.REPAIRS_REFUSED,
            Counter.WIRE_BYTES_IN,
            Counter.WIRE_BYTES_OUT,
            Counter.CONTROL_BYTES_IN,
            Counter.CONTROL_BYTES_OUT,
            Counter.SYMBOLS_DUPLICATE);

    private Snapshots() {}

    static StreamStats of(Playback playback, Node node, long now, DriverCounts driver) {
        StreamSnapshot core = playback.stream().snapshot(now);
        return new StreamStats(
                core.count(Counter.BLOCKS_PLAYED),
                core.count(Counter.BYTES_PLAYED),
                core.count(Counter.BLOCKS_GAP),
                core.count(Counter.BLOCKS_LATE),
                core.count(Counter.REPAIRS_ASKED),
                core.count(Counter.REPAIRS_RECEIVED),
                core.count(Counter.REPAIRS_ANSWERED),
                core.count(Counter.REPAIRS_REFUSED),
                core.substreamsDown(),
                core.substreamsUp(),
                core.startupNanos(),
                core.count(Counter.WIRE_BYTES_IN),
                core.count(Counter.WIRE_BYTES_OUT),
                core.count(Counter.CONTROL_BYTES_IN),
                core.count(Counter.CONTROL_BYTES_OUT),
                core.count(Counter.SYMBOLS_DUPLICATE),
                core.suppliers().stream().map(Snapshots::peer).toList(),
                core.receivers().stream().map(Snapshots::peer).toList(),
                core.takeovers().stream().map(Snapshots::takeover).toList(),
                counters(core, node, driver),
                core.members(),
                core.standbys(),
                percentiles(playback.delay()),
                core.headBlock());
    }

    private static StreamStats.Peer peer(StreamSnapshot.Peer peer) {
        return new StreamStats.Peer(
                peer.node(),
                Endpoints.socketAddress(peer.endpoint()),
                peer.role().name(),
                peer.esis(),
                peer.bytes(),
                peer.depth());
    }

    private static StreamStats.Takeover takeover(StreamSnapshot.Takeover takeover) {
        return new StreamStats.Takeover(
                takeover.atNanos(),
                takeover.esi(),
                takeover.from(),
                takeover.to(),
                takeover.reason(),
                takeover.durationNanos());
    }

    private static List<StreamStats.Count> counters(
            StreamSnapshot core, Node node, DriverCounts driver) {
        List<StreamStats.Count> all = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            if (!NAMED.contains(counter)) {
                all.add(new StreamStats.Count(counter.title(), core.count(counter)));
            }
        }
        all.add(new StreamStats.Count("datagramsMalformed", node.strayDatagrams()));
        all.add(new StreamStats.Count("datagramsOversized", driver.datagramsOversized()));
        all.add(new StreamStats.Count("datagramsUnpathed", driver.datagramsUnpathed()));
        all.add(new StreamStats.Count("socketErrors", driver.socketErrors()));
        all.add(new StreamStats.Count("sendQueueFull", driver.sendQueueFull()));
        return all;
    }

    private static StreamStats.DelayPercentiles percentiles(Histogram delay) {
        return new StreamStats.DelayPercentiles(
                delay.getValueAtPercentile(50),
                delay.getValueAtPercentile(90),
                delay.getValueAtPercentile(99),
                delay.getMaxValue(),
                delay.getTotalCount());
    }
}
