// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.List;
import java.util.Locale;

/** Tables, and figures with no more digits than they deserve. */
final class Markdown {
    /** Where there is no figure. */
    static final String NONE = "";

    private final StringBuilder text = new StringBuilder();

    Markdown line(String line) {
        text.append(line).append('\n');
        return this;
    }

    Markdown title(String title) {
        return line("").line("**" + title + "**").line("");
    }

    Markdown head(List<String> cells) {
        row(cells);
        return line("| --- |" + " ---: |".repeat(cells.size() - 1));
    }

    Markdown row(List<String> cells) {
        return line("| " + String.join(" | ", cells) + " |");
    }

    @Override
    public String toString() {
        return text.toString().strip() + "\n";
    }

    /** Two digits, or all before the point. */
    static String figure(double value) {
        String format = value >= 9.95 ? "%.0f" : value >= 0.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    /** Three digits where there are as many: two coders may be near to one another. */
    static String rate(double value) {
        String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }

    static String share(double value) {
        return figure(100 * value) + " %";
    }

    static String time(double nanos) {
        if (nanos < 999.5) {
            return figure(nanos) + " ns";
        }
        return nanos < 999_500 ? rate(nanos / 1e3) + " us" : rate(nanos / 1e6) + " ms";
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
