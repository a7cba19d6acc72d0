// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;

/** Shows the table in place on a terminal, and now and then as plain lines elsewhere. */
final class DemoScreen {
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String ESCAPE = "\u001b[";
    private static final int NEWS_KEPT = 4;
    private static final long PLAIN_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean inPlace;
    private final ArrayDeque<String> news = new ArrayDeque<>();
    private int shownLines;
    private long nextPlain;

    DemoScreen(PrintStream out, boolean inPlace, long now) {
        this.out = out;
        this.inPlace = inPlace;
        this.nextPlain = now + PLAIN_NANOS;
    }

    /** Whether the table should be made: it costs something, and rates are since the last one. */
    boolean due(long now) {
        return inPlace || now - nextPlain >= 0;
    }

    void show(List<String> table, long now) {
        nextPlain = now + PLAIN_NANOS;
        if (!inPlace) {
            table.forEach(out::println);
            return;
        }
        StringBuilder text = new StringBuilder();
        if (shownLines > 0) {
            text.append(ESCAPE).append(shownLines).append('A');
        }
        text.append(CLEAR_BELOW);
        table.forEach(line -> text.append(line).append('\n'));
        news.forEach(line -> text.append(line).append('\n'));
        out.print(text);
        out.flush();
        shownLines = table.size() + news.size();
    }

    /** Something happened. */
    void say(String line) {
        if (!inPlace) {
            out.println(line);
            return;
        }
        news.addLast(line);
        if (news.size() > NEWS_KEPT) {
            news.removeFirst();
        }
    }
}
