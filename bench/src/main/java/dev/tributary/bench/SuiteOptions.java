// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a run of the suite is asked for on the command line.
 *
 * @param quick a selection that takes less than three minutes
 * @param verbose all that JMH says
 * @param only of the benchmarks, those whose class and method match
 * @param forks JVMs for each benchmark
 * @param out folder for the results, empty for one beside the program
 */
record SuiteOptions(boolean quick, boolean verbose, Pattern only, int forks, String out) {
    static final String USAGE = """
            usage: java -jar benchmarks.jar [--quick] [--only REGEX] [--forks N] [--out DIR]
                                            [--verbose]
              --quick    a selection, in less than three minutes on two cores
              --only     benchmarks whose CLASS.METHOD matches, as CodingBenchmark.encode
              --forks    JVMs for each benchmark; 1 unless said
              --out      folder for results.json, report.md and coding.png; the folder jmh beside
                         the program unless said
              --verbose  all that JMH says
            """;

    private static final List<String> WITH_VALUE = List.of("--only", "--forks", "--out");
    private static final int MOST_FORKS = 20;

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException whose message names what is wrong
     */
    static SuiteOptions parse(String... args) {
        boolean quick = false;
        boolean verbose = false;
        String only = "";
        String forks = "1";
        String out = "";
        for (int i = 0; i < args.length; i++) {
            boolean lacking = WITH_VALUE.contains(args[i]) && i + 1 == args.length;
            if (lacking) {
                throw new IllegalArgumentException(args[i] + " takes a value");
            }
            switch (args[i]) {
                case "--quick" -> quick = true;
                case "--full" -> quick = false;
                case "--verbose" -> verbose = true;
                case "--only" -> only = args[++i];
                case "--forks" -> forks = args[++i];
                case "--out" -> out = args[++i];
                default -> throw new IllegalArgumentException("unknown: " + args[i]);
            }
        }
        return new SuiteOptions(quick, verbose, pattern(only), number(forks), out);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("--only takes a regular expression", wrong);
        }
    }

    private static int number(String text) {
        int forks = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
        if (forks < 1 || forks > MOST_FORKS) {
            throw new IllegalArgumentException(
                    "--forks takes 1 to " + MOST_FORKS + ", not '" + text + "'");
        }
        return forks;
    }

    /** The call that gives the same run elsewhere. */
    String command() {
        String command = "java -jar bench/target/benchmarks.jar";
        command += quick ? " --quick" : "";
        command += only.pattern().isEmpty() ? "" : " --only '" + only.pattern() + "'";
        return command + (forks == 1 ? "" : " --forks " + forks);
    }
}
