// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import dev.tributary.bench.coding.Coders;
import dev.tributary.bench.coding.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Coding speeds side by side: one table for each operation and length of symbols. */
final class CodingTables {
    static final String SUITE = "CodingBenchmark";
    private static final String PROGRESSIVE = "ProgressiveBenchmark";

    /** What is timed, in the order of the tables. */
    private static final List<String> OPERATIONS = List.of("encode", "decode", "check");

    /** JMH allocates a little itself, which shows where an iteration has few calls. */
    private static final int ALLOCATION_BYTES = 1_200;

    private final Results results;

    CodingTables(Results results) {
        this.results = results;
    }

    /** How a coder is called in tables and pictures. */
    static String title(String coder) {
        return switch (coder) {
            case Coders.BACKBLAZE -> "Backblaze";
            case Coders.ISAL -> "ISA-L";
            case Coders.ISAL_HEAP -> "ISA-L, heap";
            case Coders.XOR -> "XOR bound";
            default -> coder;
        };
    }

    String speeds() {
        Markdown text = new Markdown()
                .line("GB/s of source data (K x length / time). In brackets: times the speed of"
                        + " Backblaze, and share of the XOR bound.");
        for (String operation : OPERATIONS) {
            List<Result> compared = compared(operation);
            for (int bytes : Results.distinct(compared, r -> r.number("symbolBytes"))) {
                String length = Markdown.whole(bytes) + " B";
                table(text.title(operation + ", symbols of " + length), at(compared, bytes));
            }
        }
        return text.toString();
    }

    /** All that ran beside the reference: what ran alone is there for the growth only. */
    List<Result> compared(String operation) {
        List<Result> all = results.of(SUITE, operation);
        return all.stream()
                .filter(result -> all.stream().anyMatch(other -> pair(result, other)))
                .toList();
    }

    private static boolean pair(Result a, Result b) {
        return b.param("coder").equals(Coders.BACKBLAZE)
                && a.param("shape").equals(b.param("shape"))
                && a.param("symbolBytes").equals(b.param("symbolBytes"));
    }

    static List<Result> at(List<Result> results, int symbolBytes) {
        return results.stream()
                .filter(r -> r.number("symbolBytes") == symbolBytes)
                .toList();
    }

    static List<String> coders(List<Result> results) {
        List<String> there = Results.distinct(results, result -> result.param("coder"));
        return Coders.ALL.stream().filter(there::contains).toList();
    }

    private static void table(Markdown text, List<Result> results) {
        List<String> coders = coders(results);
        List<String> head = new ArrayList<>(List.of("K/repair"));
        coders.forEach(coder -> head.add(title(coder)));
        text.head(head);
        for (String shape : Results.distinct(results, result -> result.param("shape"))) {
            List<String> row = new ArrayList<>(List.of(shape));
            coders.forEach(coder -> row.add(cell(results, shape, coder)));
            text.row(row);
        }
    }

    private static String cell(List<Result> results, String shape, String coder) {
        OptionalDouble speed = speed(results, shape, coder);
        if (speed.isEmpty()) {
            return Markdown.NONE;
        }
        List<String> compared = new ArrayList<>();
        OptionalDouble reference = speed(results, shape, Coders.BACKBLAZE);
        OptionalDouble bound = speed(results, shape, Coders.XOR);
        if (reference.isPresent() && !coder.equals(Coders.BACKBLAZE) && !coder.equals(Coders.XOR)) {
            compared.add(Markdown.figure(speed.getAsDouble() / reference.getAsDouble()) + "x");
        }
        if (bound.isPresent() && !coder.equals(Coders.XOR)) {
            compared.add(Markdown.share(speed.getAsDouble() / bound.getAsDouble()));
        }
        String brackets = compared.isEmpty() ? "" : " (" + String.join(", ", compared) + ")";
        return Markdown.rate(speed.getAsDouble()) + brackets;
    }

    /** GB/s of source data. */
    static OptionalDouble speed(List<Result> results, String shape, String coder) {
        return results.stream()
                .filter(r -> r.param("shape").equals(shape) && r.param("coder").equals(coder))
                .mapToDouble(r -> Shape.of(shape).k() * r.number("symbolBytes") / r.nanos())
                .findFirst();
    }

    /** What is left to do when the last source symbol of a block is there, in both ways. */
    String progressive() {
        Markdown text = new Markdown()
                .line("What is left to do when the last source symbol of a block comes: to encode"
                        + " it all at once, or to fold one symbol of K, after the others were"
                        + " folded as they came. In brackets: all the folding by encoding at"
                        + " once.")
                .line("");
        List<Result> folds = results.of(PROGRESSIVE, "fold");
        text.head(List.of("K/repair, kernel", "length", "at once", "last fold"));
        for (Result fold : folds) {
            String name = fold.param("shape") + ", " + title(fold.param("coder"));
            String length = Markdown.whole(fold.number("symbolBytes")) + " B";
            results.of(SUITE, "encode").stream()
                    .filter(encode -> encode.params().equals(fold.params()))
                    .forEach(encode -> text.row(List.of(
                            name,
                            length,
                            Markdown.time(encode.nanos()),
                            Markdown.time(fold.nanos()
                                            / Shape.of(fold.param("shape")).k())
                                    + " ("
                                    + Markdown.rate(fold.nanos() / encode.nanos())
                                    + "x)")));
        }
        return text.toString();
    }

    /** The most that any call of each coder allocated. */
    String allocation() {
        Markdown text = new Markdown()
                .line("Bytes allocated in a call at most, over all shapes with symbols of up to "
                        + Markdown.whole(ALLOCATION_BYTES)
                        + " B, by JMH's gc profiler.")
                .line("");
        List<String> coders = coders(compared("encode"));
        List<String> head = new ArrayList<>(List.of("operation"));
        coders.forEach(coder -> head.add(title(coder)));
        text.head(head);
        for (String operation : OPERATIONS) {
            List<String> row = new ArrayList<>(List.of(operation));
            List<Result> timed = results.of(SUITE, operation);
            coders.forEach(coder -> row.add(mostAllocated(timed, coder)));
            text.row(row);
        }
        List<Result> folds = results.of(PROGRESSIVE, "fold");
        if (!folds.isEmpty()) {
            List<String> row = new ArrayList<>(List.of("fold"));
            coders.forEach(coder -> row.add(mostAllocated(folds, coder)));
            text.row(row);
        }
        return text.toString();
    }

    private static String mostAllocated(List<Result> results, String coder) {
        OptionalDouble most = results.stream()
                .filter(result -> result.param("coder").equals(coder))
                .filter(result -> result.number("symbolBytes") <= ALLOCATION_BYTES)
                .mapToDouble(Result::allocatedBytes)
                .filter(Double::isFinite)
                .max();
        return most.isPresent() ? Markdown.whole(most.getAsDouble()) : Markdown.NONE;
    }
}
