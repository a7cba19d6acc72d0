// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a run gave.
 *
 * @param digest a fold over every event: equal for equal scenario and seed
 * @param viewers in the order of joining, those that did not stay included
 * @param moves takeovers by reason
 * @param gaps blocks in gaps by cause
 * @param violations broken invariants, where the scenario lists them
 */
public record Report(
        String scenario,
        long seed,
        long digest,
        Totals totals,
        List<ViewerReport> viewers,
        Map<String, Integer> moves,
        Map<String, Long> gaps,
        Trust trust,
        List<String> violations) {

    /**
     * Figures of the whole swarm.
     *
     * @param sourceEgress bytes the source sent, all included, for each byte of the stream
     * @param controlShare bytes that are neither symbol nor manifest, of all bytes on the wire
     * @param lag blocks' lag at playout behind the writing of their last byte
     * @param takeovers durations from the first doubt to the first symbol of the new supplier
     * @param events how many events the run passed
     * @param timers of those, calls of the core because of its deadline
     */
    public record Totals(
            long blocks,
            double sourceEgress,
            double controlShare,
            Percentiles lag,
            Percentiles takeovers,
            long events,
            long timers) {}

    /**
     * What honest nodes made of liars.
     *
     * @param marked how often one of them found a liar
     * @param replaced how often one of them gave up a supplier that passed on too much
     * @param wrongSymbols that were found wrong
     * @param forgedManifests that the source did not sign
     * @param longestSupplyMillis how long a liar supplied an honest node at most
     */
    public record Trust(
            long marked,
            long replaced,
            long wrongSymbols,
            long forgedManifests,
            long longestSupplyMillis) {}

    /** In milliseconds. */
    public record Percentiles(long p50, long p99, long max) {}

    /** Share of blocks played by the viewers that stayed, of those that they should have played. */
    public double continuity() {
        long expected = stayed().stream().mapToLong(ViewerReport::expected).sum();
        long played =
                stayed().stream().mapToLong(viewer -> viewer.flow().blocks()).sum();
        return expected == 0 ? 1 : (double) played / expected;
    }

    /** Honest viewers that were neither killed nor told to leave. */
    public List<ViewerReport> stayed() {
        return viewers.stream()
                .filter(viewer -> viewer.stayed() && !viewer.lies())
                .toList();
    }

    /** The continuity of the viewer that had least of the stream. */
    public double worstContinuity() {
        return stayed().stream().mapToDouble(ViewerReport::continuity).min().orElse(1);
    }

    /** Blocks in gaps at viewers that stayed. */
    public long gapBlocks() {
        return stayed().stream().mapToLong(viewer -> viewer.flow().gapBlocks()).sum();
    }

    /** Takeovers that nothing done to the swarm explains. */
    public int unexplained() {
        return viewers.stream()
                .mapToInt(viewer -> viewer.supply().unexplained())
                .sum();
    }

    /** Distinct suppliers of the median viewer that stayed, when the source ended. */
    public double medianSuppliers() {
        return median(viewer -> viewer.supply().suppliers());
    }

    public double medianStartupMillis() {
        return median(viewer -> viewer.startupNanos() / 1e6);
    }

    /** The most that a viewer that stayed received for each byte it played. */
    public double worstOverhead() {
        return stayed().stream().mapToDouble(ViewerReport::overhead).max().orElse(0);
    }

    /** The longest after its last byte was written that a block was played at who stayed. */
    public long worstLagMillis() {
        return stayed().stream()
                        .mapToLong(viewer -> viewer.flow().maxLagNanos())
                        .max()
                        .orElse(0)
                / 1_000_000;
    }

    /** Whether every viewer that stayed played from its first block to the stream's end. */
    public boolean complete() {
        return stayed().stream()
                .allMatch(viewer -> viewer.ended()
                        && viewer.flow().gapBlocks() == 0
                        && viewer.flow().blocks() == viewer.expected());
    }

    private double median(ToDoubleFunction<ViewerReport> figure) {
        double[] all = stayed().stream().mapToDouble(figure).sorted().toArray();
        return all.length == 0
                ? 0
                : Arrays.stream(all).skip((all.length - 1) / 2).findFirst().orElse(0);
    }

    /** One line with what matters most. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s, seed %d: continuity %.5f (worst %.5f), gaps %d, start %.0f ms, "
                        + "suppliers %.0f, "
                        + "source %.2f x, worst in %.3f, control %.2f %%, lag %s ms, "
                        + "moves %s in %s ms, "
                        + "%d unexplained, gap causes %s, %s, %d violations, "
                        + "%d events (%d timers), digest %016x",
                scenario,
                seed,
                continuity(),
                worstContinuity(),
                gapBlocks(),
                medianStartupMillis(),
                medianSuppliers(),
                totals.sourceEgress(),
                worstOverhead(),
                totals.controlShare() * 100,
                totals.lag(),
                moves,
                totals.takeovers(),
                unexplained(),
                gaps,
                trust,
                violations.size(),
                totals.events(),
                totals.timers(),
                digest);
    }

    /** The summary, a line for each viewer, and what was violated. */
    @Override
    public String toString() {
        String lines = viewers.stream().map(viewer -> "\n" + viewer).collect(Collectors.joining());
        return summary()
                + lines
                + violations.stream().map(line -> "\n! " + line).collect(Collectors.joining());
    }
}
