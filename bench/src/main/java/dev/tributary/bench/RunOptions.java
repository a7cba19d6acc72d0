// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a set of runs is asked for on the command line.
 *
 * @param scenario one of {@link #NAMES}
 * @param k symbols that rebuild a block, for "together" only
 * @param seconds how long the source writes, 0 for what the scenario says
 * @param viewers how many take part, 0 for what the scenario says
 * @param floor least continuity that each run must reach
 */
record RunOptions(
        String scenario,
        int k,
        long firstSeed,
        long lastSeed,
        long seconds,
        int viewers,
        long delayMillis,
        double floor) {
    static final List<String> NAMES = List.of(
            "together", "staggered", "killed", "loss2", "loss5", "no-upload", "churn", "crowd");

    static final String USAGE = """
            usage: ScenarioRuns SCENARIO [--seeds A-B] [--k K] [--seconds S] [--viewers V]
                                [--delay-ms D] [--floor F]
              SCENARIO   together, staggered, killed, loss2, loss5, no-upload, churn or crowd
              --seeds    first and last seed, or one seed; 1-5 unless said
              --k        symbols that rebuild a block, with "together" only; 8 unless said
              --seconds  how long the source writes; as the scenario says unless said
              --viewers  how many take part; as the scenario says unless said
              --delay-ms how far behind the source viewers play; as the scenario says unless said
              --floor    least continuity of each run; 1 unless said, 0.999 with "churn" and "crowd"
            """;

    private static final List<String> OPTIONS =
            List.of("--seeds", "--k", "--seconds", "--viewers", "--delay-ms", "--floor");

    /** Seeds of one call at most: a day's work. */
    private static final int MOST_SEEDS = 100_000;

    RunOptions {
        if (!NAMES.contains(scenario)) {
            throw new IllegalArgumentException(
                    "no scenario '" + scenario + "'; there are " + NAMES);
        }
        range("--k", k, 1, 64);
        range("--seconds", seconds, 0, 36_000);
        range("--viewers", viewers, 0, 10_000);
        range("--seeds", lastSeed - firstSeed + 1, 1, MOST_SEEDS);
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException("--floor must be 0 to 1, not " + floor);
        }
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException whose message names what is wrong
     */
    static RunOptions parse(String... args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("which scenario? There are " + NAMES);
        }
        Map<String, String> given = new TreeMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("unknown or without a value: " + args[i]);
            }
            given.put(args[i], args[i + 1]);
        }
        String scenario = args[0].toLowerCase(Locale.ROOT);
        if (given.containsKey("--k") && !scenario.equals("together")) {
            throw new IllegalArgumentException("--k goes with 'together' only");
        }
        String[] seeds = given.getOrDefault("--seeds", "1-5").split("-", 2);
        boolean many = scenario.equals("churn") || scenario.equals("crowd");
        String usualFloor = many ? "0.999" : "1";
        return new RunOptions(
                scenario,
                (int) number("--k", given.getOrDefault("--k", "8")),
                number("--seeds", seeds[0]),
                number("--seeds", seeds[seeds.length - 1]),
                number("--seconds", given.getOrDefault("--seconds", "0")),
                (int) number("--viewers", given.getOrDefault("--viewers", "0")),
                number("--delay-ms", given.getOrDefault("--delay-ms", "0")),
                share(given.getOrDefault("--floor", usualFloor)));
    }

    private static long number(String option, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(option + " takes whole numbers, not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    private static double share(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "--floor takes a number, not '" + text + "'", notANumber);
        }
    }

    private static void range(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
