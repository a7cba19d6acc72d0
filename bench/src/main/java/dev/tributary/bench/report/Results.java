// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What JMH wrote as JSON.
 *
 * @param vm name and version of the JVM that was measured
 * @param method how often and how long each benchmark ran
 * @param all in the order of the file
 */
record Results(String vm, String method, List<Result> all) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    Results {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a run without results");
        }
    }

    static Results read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /**
     * Reads JMH's JSON.
     *
     * @throws IllegalArgumentException when it is not that, or a time is not in ns/op
     */
    static Results parse(String json) throws IOException {
        JsonNode runs = new ObjectMapper().readTree(json);
        if (!runs.isArray() || runs.isEmpty()) {
            throw new IllegalArgumentException("not the JSON of a JMH run: no list of results");
        }
        List<Result> all = new ArrayList<>();
        for (JsonNode run : runs) {
            all.add(result(run));
        }
        JsonNode first = runs.get(0);
        String vm =
                first.path("vmName").asText() + " " + first.path("vmVersion").asText();
        return new Results(vm, method(first), all);
    }

    private static String method(JsonNode run) {
        return "%d fork(s), warm-up %d x %s, measured %d x %s"
                .formatted(
                        run.path("forks").asInt(),
                        run.path("warmupIterations").asInt(),
                        run.path("warmupTime").asText(),
                        run.path("measurementIterations").asInt(),
                        run.path("measurementTime").asText());
    }

    private static Result result(JsonNode run) {
        String benchmark = run.path("benchmark").asText();
        String[] names = benchmark.split("\\.", -1);
        JsonNode primary = run.path("primaryMetric");
        if (names.length < 2 || !primary.path("scoreUnit").asText().equals("ns/op")) {
            throw new IllegalArgumentException("'" + benchmark + "' has no result in ns/op");
        }
        SortedMap<String, String> params = new TreeMap<>();
        run.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        return new Result(
                names[names.length - 2],
                names[names.length - 1],
                params,
                primary.path("score").asDouble(),
                spread(primary),
                allocation(run.path("secondaryMetrics")));
    }

    private static double spread(JsonNode primary) {
        DoubleSummaryStatistics values = new DoubleSummaryStatistics();
        for (JsonNode fork : primary.path("rawData")) {
            fork.forEach(value -> values.accept(value.asDouble()));
        }
        return (values.getMax() - values.getMin()) / values.getAverage();
    }

    private static double allocation(JsonNode metrics) {
        for (var metric : metrics.properties()) {
            if (metric.getKey().endsWith(ALLOCATION)) {
                return number(metric.getValue().path("score"));
            }
        }
        return Double.NaN;
    }

    /** JMH writes "NaN" as a text. */
    private static double number(JsonNode value) {
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    List<Result> of(String suite, String name) {
        return all.stream().filter(result -> result.is(suite, name)).toList();
    }

    /** The different values of something, in the order in which they came first. */
    static <T> List<T> distinct(List<Result> results, Function<Result, T> value) {
        return results.stream().map(value).distinct().toList();
    }
}
