// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.transport.sim.Report;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The table of a set of runs: a line for each seed, and one that sums them up. */
final class RunTable {
    static final String HEADER =
            "   seed  continuity     worst   gaps  start ms  source x  most in x  control %"
                    + "  takeovers  unexplained";

    private static final String ROW =
            "%7s  %10.6f  %8.6f  %5d  %8.0f  %8.3f  %9.3f  %9.2f  %9d  %11d";

    private RunTable() {}

    /** One run. */
    static String line(Report report) {
        return String.format(
                Locale.ROOT,
                ROW,
                report.seed(),
                report.continuity(),
                report.worstContinuity(),
                report.gapBlocks(),
                report.medianStartupMillis(),
                report.totals().sourceEgress(),
                report.worstOverhead(),
                report.totals().controlShare() * 100,
                takeovers(report),
                report.unexplained());
    }

    /** All runs: least continuity, sums of what is counted, worst of the rest. */
    static String totals(List<Report> reports) {
        return String.format(
                Locale.ROOT,
                ROW,
                "all",
                of(reports, Report::continuity).min().orElse(0),
                of(reports, Report::worstContinuity).min().orElse(0),
                reports.stream().mapToLong(Report::gapBlocks).sum(),
                of(reports, Report::medianStartupMillis).max().orElse(0),
                of(reports, report -> report.totals().sourceEgress()).max().orElse(0),
                of(reports, Report::worstOverhead).max().orElse(0),
                of(reports, report -> report.totals().controlShare() * 100)
                        .max()
                        .orElse(0),
                reports.stream().mapToInt(RunTable::takeovers).sum(),
                reports.stream().mapToInt(Report::unexplained).sum());
    }

    private static int takeovers(Report report) {
        return report.viewers().stream()
                .mapToInt(viewer -> viewer.supply().takeovers())
                .sum();
    }

    private static DoubleStream of(List<Report> reports, ToDoubleFunction<Report> figure) {
        return reports.stream().mapToDouble(figure);
    }
}
