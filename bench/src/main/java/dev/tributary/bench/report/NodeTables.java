// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times of decisions and of a node's core, by the size of the book or of the audience. */
final class NodeTables {
    static final String DECISIONS = "DecisionBenchmark";
    static final String BOOK = "book";
    private static final String RECEIVERS = "receivers";

    private final Results results;

    NodeTables(Results results) {
        this.results = results;
    }

    String times() {
        Markdown text = new Markdown();
        bySize(text.title("Decisions, by nodes in the book"), DECISIONS, BOOK);
        bySize(text.title("The source's core, by receivers"), "NodeBenchmark", RECEIVERS);
        bySize(
                text.title("A viewer's core, for each symbol that comes in, by receivers"),
                "FlowBenchmark",
                RECEIVERS);
        return text.toString();
    }

    private void bySize(Markdown text, String suite, String key) {
        List<Result> ours =
                results.all().stream().filter(r -> r.suite().equals(suite)).toList();
        List<Integer> sizes = Results.distinct(ours, result -> result.number(key)).stream()
                .sorted()
                .toList();
        if (sizes.isEmpty()) {
            text.line("not part of this run");
            return;
        }
        List<String> head = new ArrayList<>(List.of("what"));
        sizes.forEach(size -> head.add(Markdown.whole(size)));
        head.add("B allocated at the largest");
        text.head(head);
        for (String name : Results.distinct(ours, Result::name)) {
            List<Result> one =
                    ours.stream().filter(result -> result.name().equals(name)).toList();
            List<String> row = new ArrayList<>(List.of("`" + name + "`"));
            sizes.forEach(size -> row.add(time(one, key, size)));
            row.add(allocated(one, key));
            text.row(row);
        }
    }

    private static String time(List<Result> results, String key, int size) {
        return results.stream()
                .filter(result -> result.number(key) == size)
                .findFirst()
                .map(result -> Markdown.time(result.nanos()))
                .orElse(Markdown.NONE);
    }

    private static String allocated(List<Result> results, String key) {
        return results.stream()
                .max(Comparator.comparingInt(result -> result.number(key)))
                .filter(result -> Double.isFinite(result.allocatedBytes()))
                .map(result -> Markdown.whole(result.allocatedBytes()))
                .orElse(Markdown.NONE);
    }
}
