// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.bench.coding.Coders;
import dev.tributary.bench.report.JmhReport;
import dev.tributary.bench.report.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The one command: runs the JMH suite group by group, and leaves JMH's JSON, the report and the
 * picture behind. Exit code 1 when a benchmark fails, 2 for a wrong call.
 */
public final class Suite {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /** Start of a JVM and set-up, for the estimate. */
    private static final long START_MILLIS = 700;

    /** How often and how long a benchmark runs. */
    private record Pace(int warmups, long warmupMillis, int measurements, long measuredMillis) {
        /** The vector kernel is at its slowest for the first half second. */
        static final Pace FULL = new Pace(3, 400, 5, 400);

        static final Pace QUICK = new Pace(3, 300, 3, 200);

        long totalMillis() {
            return warmups * warmupMillis + measurements * measuredMillis + START_MILLIS;
        }
    }

    private final SuiteOptions options;
    private final Pace pace;
    private final PrintStream out;
    private final List<String> coders = Coders.available();
    private final String[] jvmArgs;
    private final List<RunResult> results = new ArrayList<>();

    Suite(SuiteOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        pace = options.quick() ? Pace.QUICK : Pace.FULL;
        List<String> args = new ArrayList<>(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                // JMH itself uses what newer JVMs warn of.
                "--sun-misc-unsafe-memory-access=allow"));
        if (coders.contains(Coders.VECTOR)) {
            args.add("--add-modules=jdk.incubator.vector");
        }
        jvmArgs = args.toArray(String[]::new);
    }

    public static void main(String[] args) throws IOException {
        SuiteOptions options;
        try {
            options = SuiteOptions.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(SuiteOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Suite(options, System.out).run() ? 0 : 1);
    }

    /** Runs it all; false when a benchmark failed or there was none. */
    boolean run() throws IOException {
        List<SuitePlan.Group> plan = (options.quick()
                        ? SuitePlan.quick(coders)
                        : SuitePlan.full(coders))
                .stream()
                        .filter(group ->
                                options.only().matcher(group.benchmark()).find())
                        .toList();
        int runs = plan.stream().mapToInt(SuitePlan.Group::runs).sum() * options.forks();
        out.printf(
                Locale.ROOT,
                "%d runs, about %d s; coders here: %s%n",
                runs,
                runs * pace.totalMillis() / 1_000,
                String.join(", ", coders));
        for (SuitePlan.Group group : plan) {
            if (!run(group)) {
                return false;
            }
        }
        if (results.isEmpty()) {
            out.println("no benchmark matches");
            return false;
        }
        write(folder());
        return true;
    }

    private boolean run(SuitePlan.Group group) {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include("\\." + Pattern.quote(group.benchmark()) + "$")
                .forks(options.forks())
                .warmupIterations(pace.warmups)
                .warmupTime(TimeValue.milliseconds(pace.warmupMillis))
                .measurementIterations(pace.measurements)
                .measurementTime(TimeValue.milliseconds(pace.measuredMillis))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .jvmArgsAppend(jvmArgs)
                .verbosity(VerboseMode.NORMAL);
        group.params()
                .forEach((name, values) -> builder.param(name, values.toArray(String[]::new)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream listener =
                options.verbose() ? out : new PrintStream(said, true, StandardCharsets.UTF_8);
        OutputFormat format =
                OutputFormatFactory.createFormatInstance(listener, VerboseMode.NORMAL);
        try {
            for (RunResult result : new Runner(builder.build(), format).run()) {
                results.add(result);
                out.println(line(result));
            }
            return true;
        } catch (RunnerException failed) {
            out.print(said.toString(StandardCharsets.UTF_8));
            out.println(group.benchmark() + " failed: " + failed.getMessage());
            return false;
        }
    }

    private static String line(RunResult result) {
        var params = result.getParams();
        List<String> values = params.getParamsKeys().stream()
                .map(key -> key + "=" + params.getParam(key))
                .toList();
        String name = params.getBenchmark();
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
        return String.format(
                Locale.ROOT,
                "%-34s %-48s %14.1f ns/op %12.1f B/op",
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                String.join(" ", values),
                time.getScore(),
                allocated == null ? Double.NaN : allocated.getScore());
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path json = folder.resolve(JmhReport.RESULTS_FILE);
        try (PrintStream file = new PrintStream(json.toFile(), StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(results);
        }
        Machine.here(options.command()).write(folder.resolve(JmhReport.MACHINE_FILE));
        JmhReport report = JmhReport.of(folder);
        Files.writeString(folder.resolve("report.md"), report.text());
        out.println();
        out.print(report.text());
        if (results.stream().anyMatch(result -> name(result).contains("CodingBenchmark.encode"))) {
            report.draw(folder.resolve("coding.png"));
        }
        out.println("\nwritten to " + folder);
    }

    private static String name(RunResult result) {
        return result.getParams().getBenchmark();
    }

    private Path folder() {
        if (!options.out().isEmpty()) {
            return Path.of(options.out());
        }
        try {
            var source = Suite.class.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(source.toURI()).resolveSibling("jmh");
        } catch (URISyntaxException wrong) {
            throw new IllegalStateException("the program's own place is no path", wrong);
        }
    }
}
