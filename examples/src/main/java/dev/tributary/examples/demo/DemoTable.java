// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.transport.StreamStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The swarm as lines of text, with rates since the lines before. */
final class DemoTable {
    private static final int SUPPLIERS_WIDTH = 40;

    private final Swarm swarm;
    private final Map<Long, Long> lastBytesOut = new TreeMap<>();
    private long lastNanos;

    DemoTable(Swarm swarm, long now) {
        this.swarm = swarm;
        this.lastNanos = now;
    }

    List<String> lines(long now) {
        double seconds = Math.max(1, now - lastNanos) / 1e9;
        lastNanos = now;
        List<String> lines = new ArrayList<>();
        lines.add(row(
                "node",
                "role",
                "suppliers (substreams)",
                "down",
                "up",
                "blocks",
                "gaps",
                "takes",
                "start ms",
                "Mbit/s"));
        long sourceOut = 0;
        long allOut = swarm.killedBytesOut();
        for (DemoNode node : swarm.nodes()) {
            StreamStats stats = node.stats();
            allOut += stats.wireBytesOut();
            sourceOut += node.role().equals("source") ? stats.wireBytesOut() : 0;
            lines.add(line(node, stats, seconds));
        }
        double share = allOut == 0 ? 0 : 100.0 * sourceOut / allOut;
        lines.add(String.format(Locale.ROOT, "source's share of all traffic: %.0f %%", share));
        return lines;
    }

    private String line(DemoNode node, StreamStats stats, double seconds) {
        Long before = lastBytesOut.put(node.nodeId(), stats.wireBytesOut());
        double mbits = (stats.wireBytesOut() - (before == null ? 0 : before)) * 8 / 1e6 / seconds;
        boolean viewer = node.role().equals("viewer");
        boolean started = viewer && stats.startupNanos() >= 0;
        return row(
                node.name(),
                node.role(),
                suppliers(stats),
                stats.substreamsDown(),
                stats.substreamsUp(),
                viewer ? stats.blocksPlayed() : "",
                viewer ? stats.gapBlocks() : "",
                node.role().equals("source") ? "" : stats.takeovers().size(),
                started ? stats.startupNanos() / 1_000_000 : "",
                String.format(Locale.ROOT, "%.2f", mbits));
    }

    private String suppliers(StreamStats stats) {
        StringBuilder text = new StringBuilder();
        for (StreamStats.Peer peer : stats.suppliers()) {
            if (!peer.esis().isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(swarm.nameOf(peer.node()));
                text.append(':').append(peer.esis().size());
            }
        }
        boolean fits = text.length() <= SUPPLIERS_WIDTH;
        return fits ? text.toString() : text.substring(0, SUPPLIERS_WIDTH - 1) + "+";
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-7s %-7s %-40s %5s %4s %7s %5s %6s %8s %7s", cells);
    }
}
