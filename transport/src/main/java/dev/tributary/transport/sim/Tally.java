// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Counter;
import dev.tributary.transport.core.StreamSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds a run up. */
final class Tally {
    private static final long SECOND = 1_000_000_000;

    /** A takeover this long after something was done to its supplier follows from it. */
    private static final long DIRECT_NANOS = 10 * SECOND;

    /** The same for anything done anywhere: its receivers starve and hand the lack on. */
    private static final long INDIRECT_NANOS = 3 * SECOND;

    /** Who came so shortly before the end need not have started. */
    private static final long LATEST_ARRIVAL_NANOS = 5 * SECOND;

    private final Scenario scenario;
    private final Swarm swarm;
    private final Map<String, Integer> moves = new TreeMap<>();
    private final Map<String, Long> gaps = new TreeMap<>();
    private final List<Long> durations = new ArrayList<>();

    private Tally(Scenario scenario, Swarm swarm) {
        this.scenario = scenario;
        this.swarm = swarm;
    }

    /** What only the run itself knows. */
    record Run(long seed, long digest, long events, Report.Trust trust, List<String> violations) {}

    static Report of(Scenario scenario, Swarm swarm, Run run) {
        Tally tally = new Tally(scenario, swarm);
        List<ViewerReport> viewers = swarm.viewers().stream().map(tally::viewer).toList();
        return new Report(
                scenario.name(),
                run.seed,
                run.digest,
                tally.totals(run.events),
                viewers,
                tally.moves,
                tally.gaps,
                run.trust,
                run.violations);
    }

    private Report.Totals totals(long events) {
        long control = 0;
        long all = 0;
        long timers = 0;
        for (SimNode node : swarm.nodes()) {
            control += node.snapshot().count(Counter.CONTROL_BYTES_OUT);
            all += node.traffic().bytesOut();
            timers += node.traffic().timers();
        }
        long sent = swarm.source().traffic().bytesOut();
        Lags lags = swarm.lags();
        return new Report.Totals(
                swarm.sent().lastBlock() + 1,
                (double) sent / Math.max(1, swarm.sent().bytes()),
                (double) control / Math.max(1, all),
                new Report.Percentiles(
                        lags.percentileMillis(0.5),
                        lags.percentileMillis(0.99),
                        lags.percentileMillis(1)),
                percentiles(durations),
                events,
                timers);
    }

    private ViewerReport viewer(SimNode node) {
        Player player = node.player();
        StreamSnapshot figures = node.snapshot();
        long joined = node.seat().joinedNanos();
        if (node.stays() && !node.lies()) {
            player.gapCauses().forEach((cause, blocks) -> gaps.merge(cause, blocks, Long::sum));
        }
        return new ViewerReport(
                node.index(),
                node.stays(),
                node.lies(),
                joined,
                player.firstPlayedNanos() < 0 ? -1 : player.firstPlayedNanos() - joined,
                player.firstBlock(),
                node.stays() ? expected(node) : 0,
                new ViewerReport.Flow(
                        player.blocks(),
                        player.gapBlocks(),
                        figures.count(Counter.BLOCKS_LATE),
                        player.bytes(),
                        node.traffic().bytesIn(),
                        node.traffic().bytesOut(),
                        node.cap().largestBytes(),
                        player.maxLagNanos()),
                supply(node, figures),
                player.ended(),
                node.failure());
    }

    /** Blocks from its first one; for a viewer that never began, a guess of what it has missed. */
    private long expected(SimNode node) {
        long last = swarm.sent().lastBlock();
        if (node.player().firstBlock() >= 0) {
            return last + 1 - node.player().firstBlock();
        }
        long there = scenario.durationNanos() - node.seat().joinedNanos();
        return there < LATEST_ARRIVAL_NANOS
                ? 0
                : Math.max(1, (last + 1) * there / scenario.durationNanos());
    }

    private ViewerReport.Supply supply(SimNode node, StreamSnapshot figures) {
        int unexplained = 0;
        for (StreamSnapshot.Takeover takeover : figures.takeovers()) {
            moves.merge(takeover.reason(), 1, Integer::sum);
            durations.add(takeover.durationNanos() / 1_000_000);
            long at = node.seat().joinedNanos() + takeover.atNanos();
            unexplained += explained(at, swarm.indexOf(takeover.from())) ? 0 : 1;
        }
        StreamSnapshot settled = node.settled();
        int depth = settled.suppliers().stream()
                .mapToInt(StreamSnapshot.Peer::depth)
                .max()
                .orElse(0);
        return new ViewerReport.Supply(
                (int) settled.suppliers().stream()
                        .filter(peer -> !peer.esis().isEmpty())
                        .count(),
                (int) settled.receivers().stream()
                        .filter(peer -> !peer.esis().isEmpty())
                        .count(),
                depth,
                figures.takeovers().size(),
                unexplained,
                figures.count(Counter.REPAIRS_RECEIVED),
                figures.count(Counter.SYMBOLS_DUPLICATE));
    }

    private boolean explained(long atNanos, int supplier) {
        return swarm.disruptions().stream().anyMatch(done -> {
            long before = atNanos - done.atNanos();
            return before >= 0
                    && before < (done.node() == supplier ? DIRECT_NANOS : INDIRECT_NANOS);
        });
    }

    private static Report.Percentiles percentiles(List<Long> millis) {
        if (millis.isEmpty()) {
            return new Report.Percentiles(0, 0, 0);
        }
        Collections.sort(millis);
        int last = millis.size() - 1;
        return new Report.Percentiles(
                millis.get(last / 2), millis.get(last * 99 / 100), millis.get(last));
    }
}
