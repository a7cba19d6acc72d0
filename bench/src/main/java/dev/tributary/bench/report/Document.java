// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown document with places that a program fills: comments that name them enclose each. */
final class Document {
    private static final Pattern PLACE =
            Pattern.compile("(?s)<!-- jmh:(\\w+) -->.*?<!-- /jmh:\\1 -->");

    private Document() {}

    /**
     * The text with all its places filled anew.
     *
     * @throws IllegalArgumentException when it has no place, or one that is not among the sections
     */
    static String filled(String text, Map<String, String> sections) {
        Matcher place = PLACE.matcher(text);
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
            throw new IllegalArgumentException("no place between <!-- jmh:NAME --> comments");
        }
        return filled.append(text.substring(end)).toString();
    }
}
