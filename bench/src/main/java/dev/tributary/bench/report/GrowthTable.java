// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import dev.tributary.bench.coding.Shape;
import dev.tributary.bench.report.Growth.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How costs grow, as exponents fitted to what was measured. */
final class GrowthTable {
    /** Encoding one symbol by K at this length, and by length at this shape. */
    private static final int BY_K_BYTES = 1_152;

    private static final Shape BY_BYTES_SHAPE = new Shape(10, 1);

    /** A fit through two points says nothing of what is between them. */
    private static final int LEAST_POINTS = 3;

    private final Results results;
    private final List<List<String>> rows = new ArrayList<>();

    GrowthTable(Results results) {
        this.results = results;
        List<Result> encode = results.of(CodingTables.SUITE, "encode").stream()
                .filter(result -> shape(result).repair() == 1)
                .toList();
        for (String coder : CodingTables.coders(encode)) {
            List<Result> one =
                    encode.stream().filter(r -> r.param("coder").equals(coder)).toList();
            String name = "encode one symbol, " + CodingTables.title(coder);
            linear(name + ", by K", CodingTables.at(one, BY_K_BYTES), r -> shape(r).k());
            List<Result> byBytes =
                    one.stream().filter(r -> shape(r).equals(BY_BYTES_SHAPE)).toList();
            linear(name + ", by bytes", byBytes, r -> r.number("symbolBytes"));
        }
        for (String name : decisions()) {
            logLinear("`" + name + "`, by book", results.of(NodeTables.DECISIONS, name));
        }
    }

    private static Shape shape(Result result) {
        return Shape.of(result.param("shape"));
    }

    private List<String> decisions() {
        List<Result> all = results.all().stream()
                .filter(result -> result.suite().equals(NodeTables.DECISIONS))
                .toList();
        return Results.distinct(all, Result::name);
    }

    private void linear(String what, List<Result> measured, ToDoubleFunction<Result> size) {
        if (Results.distinct(measured, size::applyAsDouble).size() >= LEAST_POINTS) {
            Growth growth = growth(measured, size);
            String most = exponent(1 + Growth.TOLERANCE) + " (linear)";
            add(what, growth, most, growth.noWorseThanLinear());
        }
    }

    private void logLinear(String what, List<Result> measured) {
        if (measured.size() >= LEAST_POINTS) {
            Growth growth = growth(measured, result -> result.number(NodeTables.BOOK));
            String most = exponent(growth.logLinearExponent()) + " (n log n)";
            add(what, growth, most, growth.noWorseThanLogLinear());
        }
    }

    private static Growth growth(List<Result> measured, ToDoubleFunction<Result> size) {
        return Growth.of(measured.stream()
                .map(result -> new Point(size.applyAsDouble(result), result.nanos()))
                .toList());
    }

    private void add(String what, Growth growth, String most, boolean holds) {
        String sizes =
                Markdown.whole(growth.smallest()) + " to " + Markdown.whole(growth.largest());
        rows.add(List.of(what, sizes, exponent(growth.exponent()), most, holds ? "yes" : "**no**"));
    }

    private static String exponent(double exponent) {
        return String.format(Locale.ROOT, "%.2f", exponent);
    }

    /** The table; a row that was not measured at three sizes is left out. */
    String text() {
        Markdown text = new Markdown()
                .line("Time grows as size to this power, fitted by least squares of logarithms; a"
                        + " fixed cost of each call makes it smaller. Linear leaves "
                        + exponent(Growth.TOLERANCE)
                        + " for noise; n log n is what that curve looks like between the same"
                        + " sizes.")
                .line("")
                .head(List.of("what", "sizes", "exponent", "at most", "holds"));
        rows.forEach(text::row);
        return text.toString();
    }
}
