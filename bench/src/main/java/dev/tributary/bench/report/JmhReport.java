// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a run of the suite into the tables of Markdown documents and a bar chart. Exit code 2 for a
 * wrong call.
 */
public final class JmhReport {
    /** Files of a run: what JMH wrote, and what it does not. */
    public static final String RESULTS_FILE = "results.json";

    public static final String MACHINE_FILE = "machine.properties";

    private static final String USAGE = """
            usage: JmhReport RUN [--picture FILE.png] [--place NAME] [DOCUMENT.md ...]
              RUN        folder that the suite wrote its results to
              --picture  where to write the bar chart
              DOCUMENT   is filled between <!-- jmh:NAME --> and <!-- /jmh:NAME -->;
                         NAME is run, coding, progressive, allocation,
                         node, trust or growth
              --place    fills only this place; all else stays as it is
            Without a document all sections are printed.
            """;

    private final Results results;
    private final Machine machine;

    JmhReport(Results results, Machine machine) {
        this.results = results;
        this.machine = machine;
    }

    /** The report of a folder that the suite wrote to. */
    public static JmhReport of(Path run) throws IOException {
        return new JmhReport(
                Results.read(run.resolve(RESULTS_FILE)), Machine.read(run.resolve(MACHINE_FILE)));
    }

    public static void main(String[] args) throws IOException {
        try {
            report(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.err.print(USAGE);
            System.exit(2);
        }
    }

    private static void report(String... args) throws IOException {
        if (args.length == 0) {
            throw new IllegalArgumentException("which run?");
        }
        JmhReport report = of(Path.of(args[0]));
        List<Path> documents = new ArrayList<>();
        String place = "";
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--picture" -> report.draw(Path.of(value(args, ++i)));
                case "--place" -> place = value(args, ++i);
                default -> documents.add(Path.of(args[i]));
            }
        }
        if (documents.isEmpty()) {
            System.out.print(report.text());
        }
        for (Path document : documents) {
            String text = Files.readString(document);
            Files.writeString(
                    document,
                    place.isEmpty()
                            ? Document.filled(text, report.sections())
                            : Document.filled(text, report.sections(), place));
        }
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new IllegalArgumentException(args[at - 1] + " takes a value");
        }
        return args[at];
    }

    /** All sections, one after the other. */
    public String text() {
        return String.join("\n", sections().values());
    }

    /** The sections by the names of their places. */
    Map<String, String> sections() {
        CodingTables coding = new CodingTables(results);
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("run", run());
        sections.put("coding", coding.speeds());
        sections.put("progressive", coding.progressive());
        sections.put("allocation", coding.allocation());
        sections.put("node", new NodeTables(results).times());
        sections.put("trust", new TrustTable(results, run()).text());
        sections.put("growth", new GrowthTable(results).text());
        return sections;
    }

    private String run() {
        double[] spreads = results.all().stream()
                .mapToDouble(Result::spread)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        Markdown text = new Markdown()
                .line("`" + machine.command() + "`, " + machine.date() + ", " + machine.cpu()
                        + " (" + machine.cores() + " cores), " + machine.system() + ", "
                        + results.vm() + ", one thread; each benchmark in a JVM of its own: "
                        + results.method() + ".");
        if (spreads.length > 0) {
            text.line("Between the slowest and the fastest iteration of a benchmark lie "
                    + Markdown.share(spreads[spreads.length / 2])
                    + " in the median, and "
                    + Markdown.share(spreads[spreads.length * 9 / 10])
                    + " or less in nine of ten.");
        }
        return text.toString();
    }

    /** Writes the bar chart as PNG. */
    public void draw(Path file) throws IOException {
        BarChart.write(results, machine, file);
    }
}
