// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.bench.coding.Coders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the suite runs: groups of benchmarks that are compared, so that they run in a row. */
final class SuitePlan {
    /**
     * Benchmarks that run one after the other.
     *
     * @param benchmark class and method
     * @param params all values of each parameter; every combination runs
     */
    record Group(String benchmark, Map<String, List<String>> params) {
        int runs() {
            return params.values().stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
        }
    }

    private static final List<String> SHAPES =
            List.of("4/1", "4/4", "8/1", "8/8", "10/1", "10/4", "16/4", "17/3");

    /** Checking does not depend on how many repair symbols there are. */
    private static final List<String> CHECK_SHAPES = List.of("4/1", "8/1", "10/1", "16/4", "17/3");

    private static final List<String> LENGTHS = List.of("1152", "1200", "65536");
    private static final String LENGTH = "1152";

    /** One symbol by K; the smaller ones and 10/1 are among the shapes. */
    private static final List<String> GROWTH_SHAPES = List.of("16/1", "32/1", "64/1");

    /** One symbol of K = 10 by length, beside the lengths above. */
    private static final List<String> GROWTH_LENGTHS = List.of("4608", "16384");

    private static final List<String> TRUST =
            List.of("seal", "open", "handshake", "verifyManifest", "proveBlock", "turnBlock");

    private final List<String> coders;
    private final List<Group> groups = new ArrayList<>();

    private SuitePlan(List<String> coders) {
        this.coders = coders;
    }

    /** Everything. */
    static List<Group> full(List<String> coders) {
        SuitePlan plan = new SuitePlan(coders);
        for (String length : LENGTHS) {
            SHAPES.forEach(shape -> plan.coding("encode", shape, length));
            SHAPES.forEach(shape -> plan.coding("decode", shape, length));
            CHECK_SHAPES.forEach(shape -> plan.coding("check", shape, length));
        }
        List<String> ours = coders.stream().filter(Coders.OURS::contains).toList();
        plan.growth(ours, GROWTH_SHAPES, GROWTH_LENGTHS);
        for (String shape : List.of("4/4", "8/8", "10/4")) {
            plan.progressive(shape, ours);
        }
        List<String> books = List.of("16", "64", "256", "1024", "4096");
        List<String> receivers = List.of("1", "100", "1000");
        plan.decisions(books);
        for (String name : List.of("answerProbe", "admit", "tick", "quietTick")) {
            plan.add("NodeBenchmark." + name, Map.of("receivers", receivers));
        }
        plan.add("FlowBenchmark.symbolIn", Map.of("receivers", List.of("0", "1", "8", "100")));
        plan.trust();
        return plan.groups;
    }

    /** What shows most in the shortest time. */
    static List<Group> quick(List<String> coders) {
        SuitePlan plan = new SuitePlan(coders);
        plan.coding("encode", "10/4", LENGTH);
        plan.coding("encode", "10/1", LENGTH);
        plan.coding("encode", "10/4", "65536");
        plan.coding("decode", "10/4", LENGTH);
        plan.coding("check", "10/1", LENGTH);
        List<String> one = List.of(coders.contains(Coders.NATIVE) ? Coders.NATIVE : Coders.SCALAR);
        plan.progressive("10/4", one);
        plan.growth(one, List.of("4/1", "32/1"), List.of("8192", "65536"));
        plan.decisions(List.of("16", "256", "4096"));
        plan.add("NodeBenchmark.answerProbe", Map.of("receivers", List.of("1", "1000")));
        plan.add("NodeBenchmark.admit", Map.of("receivers", List.of("1", "1000")));
        plan.add("NodeBenchmark.tick", Map.of("receivers", List.of("1", "100", "1000")));
        plan.add("FlowBenchmark.symbolIn", Map.of("receivers", List.of("0", "8", "100")));
        plan.trust();
        return plan.groups;
    }

    /** All coders on one shape; ISA-L's slow way is looked at once, where it is fastest. */
    private void coding(String name, String shape, String length) {
        List<String> compared = coders.stream()
                .filter(coder -> !coder.equals(Coders.ISAL_HEAP) || name.equals("encode"))
                .toList();
        coding(name, shape, length, compared);
    }

    private void coding(String name, String shape, String length, List<String> compared) {
        add(
                "CodingBenchmark." + name,
                Map.of(
                        "shape", List.of(shape),
                        "symbolBytes", List.of(length),
                        "coder", compared));
    }

    private void progressive(String shape, List<String> ours) {
        add(
                "ProgressiveBenchmark.fold",
                Map.of("shape", List.of(shape), "symbolBytes", List.of(LENGTH), "coder", ours));
    }

    private void growth(List<String> ours, List<String> shapes, List<String> lengths) {
        shapes.forEach(shape -> coding("encode", shape, LENGTH, ours));
        lengths.forEach(length -> coding("encode", "10/1", length, ours));
    }

    private void decisions(List<String> books) {
        for (String name : List.of("chooseSuppliers", "takeOver", "admit")) {
            add("DecisionBenchmark." + name, Map.of("book", books));
        }
    }

    private void trust() {
        for (String name : TRUST) {
            add("SealBenchmark." + name, Map.of());
        }
    }

    private void add(String benchmark, Map<String, List<String>> params) {
        groups.add(new Group(benchmark, params));
    }
}
