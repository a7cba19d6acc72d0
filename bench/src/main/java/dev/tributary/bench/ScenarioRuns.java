// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.transport.sim.Report;
import dev.tributary.transport.sim.Scenario;
import dev.tributary.transport.sim.ScenarioBuilder;
import dev.tributary.transport.sim.Scenarios;
import dev.tributary.transport.sim.Simulation;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs one named scenario of the simulator over a range of seeds and prints a line for each run and
 * one for all. Exit code 1 when a run misses the floor or breaks an invariant.
 */
public final class ScenarioRuns {
    /** How long "killed" lasts unless said: the kill comes in its middle. */
    private static final long KILLED_SECONDS = 60;

    /** How many come to a "crowd" unless said. */
    private static final int CROWD_VIEWERS = 300;

    private final RunOptions options;
    private final PrintStream out;
    private final List<Report> reports = new ArrayList<>();
    private int missed;
    private int broken;

    ScenarioRuns(RunOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] args) {
        RunOptions options;
        try {
            options = RunOptions.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(RunOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new ScenarioRuns(options, System.out).run() ? 0 : 1);
    }

    /** Runs all seeds; true when none missed the floor and nothing broke. */
    boolean run() {
        Scenario scenario = scenario(options);
        out.println(scenario.name() + ", floor " + options.floor());
        out.println(RunTable.HEADER);
        for (long seed = options.firstSeed(); seed <= options.lastSeed(); seed++) {
            one(scenario, seed);
        }
        out.println(RunTable.totals(reports));
        out.printf(
                Locale.ROOT,
                "%d runs, %d below the floor, %d broken%n",
                reports.size() + broken,
                missed,
                broken);
        return missed == 0 && broken == 0;
    }

    private void one(Scenario scenario, long seed) {
        try {
            Report report = Simulation.run(scenario, seed);
            boolean holds = holds(report);
            missed += holds ? 0 : 1;
            reports.add(report);
            out.println(RunTable.line(report) + (holds ? "" : "  below the floor"));
        } catch (AssertionError invariant) {
            broken++;
            out.println("seed " + seed + " broke an invariant: " + invariant.getMessage());
        }
    }

    /** A viewer that plays nothing at all expects nothing either, so it is looked for by itself. */
    private boolean holds(Report report) {
        boolean allPlayed = report.stayed().stream().allMatch(viewer -> viewer.firstBlock() >= 0);
        return allPlayed && report.continuity() >= options.floor();
    }

    static Scenario scenario(RunOptions options) {
        ScenarioBuilder builder = named(options);
        if (options.seconds() > 0) {
            builder.seconds(options.seconds());
        }
        if (options.viewers() > 0) {
            builder.viewers(options.viewers());
        }
        if (options.delayMillis() > 0) {
            builder.delayMillis(options.delayMillis());
        }
        return builder.build();
    }

    private static ScenarioBuilder named(RunOptions options) {
        return switch (options.scenario()) {
            case "together" -> Scenarios.eightTogether(options.k());
            case "staggered" -> Scenarios.eightStaggered();
            case "killed" ->
                Scenarios.twoMostSuppliersKilled(
                        options.seconds() > 0 ? options.seconds() : KILLED_SECONDS);
            case "loss2" -> Scenarios.loss2();
            case "loss5" -> Scenarios.loss5();
            case "no-upload" -> Scenarios.firstTwoNoUpload();
            case "churn" -> Scenarios.hundredViewersChurn();
            case "crowd" ->
                Scenarios.crowd(options.viewers() > 0 ? options.viewers() : CROWD_VIEWERS);
            default -> throw new IllegalArgumentException("no scenario " + options.scenario());
        };
    }
}
