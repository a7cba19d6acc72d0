// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown document with places that a program fills: comments that name them enclose each. */
final class Document {
    private static final Pattern ALL = place("\\w+");

    private Document() {}

    private static Pattern place(String name) {
        return Pattern.compile("(?s)<!-- jmh:(" + name + ") -->.*?<!-- /jmh:\\1 -->");
    }

    /**
     * The text with all its places filled anew.
     *
     * @throws IllegalArgumentException when it has no place, or one that is not among the sections
     */
    static String filled(String text, Map<String, String> sections) {
        return filled(text, sections, ALL);
    }

    /** The text with one place filled anew, and all else as it was. */
    static String filled(String text, Map<String, String> sections, String only) {
        return filled(text, sections, place(Pattern.quote(only)));
    }

    private static String filled(String text, Map<String, String> sections, Pattern places) {
        Matcher place = places.matcher(text);
        StringBuilder filled = new StringBuilder();
        int end = 0;
        while (place.find()) {
            String name = place.group(1);
            String section = sections.get(name);
            if (section == null) {
                throw new IllegalArgumentException(
                        "no section '" + name + "'; there are " + sections.keySet());
            }
            filled.append(text, end, place.start())
                    .append("<!-- jmh:" + name + " -->\n\n")
                    .append(section)
                    .append("\n<!-- /jmh:" + name + " -->");
            end = place.end();
        }
        if (end == 0) {
            throw new IllegalArgumentException(
                    "no place to fill between <!-- jmh:NAME --> comments");
        }
        return filled.append(text.substring(end)).toString();
    }
}
