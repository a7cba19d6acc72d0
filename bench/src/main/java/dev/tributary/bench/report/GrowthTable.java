// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import dev.tributary.bench.coding.Coders;
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
        double memory = memory(byBytes(of(encode, Coders.XOR)));
        for (String coder : CodingTables.coders(encode)) {
            if (Coders.OURS.contains(coder)) {
                List<Result> one = of(encode, coder);
                String name = "encode one symbol, " + CodingTables.title(coder);
                linear(name + ", by K", CodingTables.at(one, BY_K_BYTES), r -> shape(r).k());
                asMemory(name + ", by bytes", byBytes(one), memory);
            }
        }
        for (String name : decisions()) {
            logLinear("`" + name + "`, by book", results.of(NodeTables.DECISIONS, name));
        }
    }

    private static List<Result> of(List<Result> encode, String coder) {
        return encode.stream().filter(r -> r.param("coder").equals(coder)).toList();
    }

    private static List<Result> byBytes(List<Result> measured) {
        return measured.stream().filter(r -> shape(r).equals(BY_BYTES_SHAPE)).toList();
    }

    private static double symbolBytes(Result result) {
        return result.number("symbolBytes");
    }

    private static boolean enough(List<Result> measured, ToDoubleFunction<Result> size) {
        return Results.distinct(measured, size::applyAsDouble).size() >= LEAST_POINTS;
    }

    /** How reading and writing alone grow: symbols that leave the caches cost more a byte. */
    private double memory(List<Result> bound) {
        if (!enough(bound, GrowthTable::symbolBytes)) {
            return 1;
        }
        Growth growth = growth(bound, GrowthTable::symbolBytes);
        add("the XOR bound of one symbol, by bytes", growth, "", "");
        return Math.max(1, growth.exponent());
    }

    private void asMemory(String what, List<Result> measured, double memory) {
        if (enough(measured, GrowthTable::symbolBytes)) {
            Growth growth = growth(measured, GrowthTable::symbolBytes);
            String most = exponent(memory + Growth.TOLERANCE) + " (the XOR bound)";
            add(what, growth, most, holds(growth.noWorseThan(memory)));
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
        if (enough(measured, size)) {
            Growth growth = growth(measured, size);
            String most = exponent(1 + Growth.TOLERANCE) + " (linear)";
            add(what, growth, most, holds(growth.noWorseThan(1)));
        }
    }

    private void logLinear(String what, List<Result> measured) {
        if (measured.size() >= LEAST_POINTS) {
            Growth growth = growth(measured, result -> result.number(NodeTables.BOOK));
            String most = exponent(growth.logLinearExponent()) + " (n log n)";
            add(what, growth, most, holds(growth.noWorseThanLogLinear()));
        }
    }

    private static Growth growth(List<Result> measured, ToDoubleFunction<Result> size) {
        return Growth.of(measured.stream()
                .map(result -> new Point(size.applyAsDouble(result), result.nanos()))
                .toList());
    }

    private static String holds(boolean holds) {
        return holds ? "yes" : "**no**";
    }

    private void add(String what, Growth growth, String most, String holds) {
        String sizes =
                Markdown.whole(growth.smallest()) + " to " + Markdown.whole(growth.largest());
        rows.add(List.of(what, sizes, exponent(growth.exponent()), most, holds));
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
                        + " sizes. Bytes may cost what they cost the XOR bound, which reads and"
                        + " writes the same: long symbols leave the caches.")
                .line("")
                .head(List.of("what", "sizes", "exponent", "at most", "holds"));
        rows.forEach(text::row);
        return text.toString();
    }
}
