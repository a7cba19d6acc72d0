// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import dev.tributary.bench.coding.Coders;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The coders side by side as bars: encoding at the default length of symbols. */
final class BarChart {
    private static final int SYMBOL_BYTES = 1_152;
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 520;

    private BarChart() {}

    /** Writes a PNG. */
    static void write(Results results, Machine machine, Path file) throws IOException {
        // It draws into memory; a display may be named and not be there.
        System.setProperty("java.awt.headless", "true");
        List<Result> compared =
                CodingTables.at(new CodingTables(results).compared("encode"), SYMBOL_BYTES);
        List<String> shapes = Results.distinct(compared, result -> result.param("shape"));
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no encoding of " + SYMBOL_BYTES + " B beside Backblaze in this run");
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Encoding, symbols of " + Markdown.whole(SYMBOL_BYTES) + " B: "
                        + machine.cpu() + ", " + results.vm() + ", " + machine.date())
                .xAxisTitle("K/repair (" + machine.command() + ")")
                .yAxisTitle("GB/s of source data")
                .build();
        style(chart);
        for (String coder : CodingTables.coders(compared)) {
            // The bound is many times higher: beside it the others could not be told apart.
            if (!coder.equals(Coders.XOR)) {
                List<Double> speeds = new ArrayList<>();
                for (String shape : shapes) {
                    speeds.add(CodingTables.speed(compared, shape, coder).orElse(0));
                }
                chart.addSeries(CodingTables.title(coder), shapes, speeds);
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
        }
    }

    private static void style(CategoryChart chart) {
        CategoryStyler styler = chart.getStyler();
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    }
}
