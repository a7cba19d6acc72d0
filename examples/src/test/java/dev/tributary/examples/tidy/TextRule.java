// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What holds for every text file: its licence line, no open ends, no paths of one machine. */
public final class TextRule {
    private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";
    private static final Pattern NEEDS_LICENCE =
            Pattern.compile(".*\\.(java|xml|sh|js|html|css|options)|\\.ci/run|examples/tributary");
    // Spelled in two halves, for this file is read as well.
    private static final Pattern OPEN_END =
            Pattern.compile("\\b(" + "TO" + "DO|" + "FIX" + "ME|" + "XX" + "X)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~$}*-])/" + "(tmp|work|root|home)/");

    private TextRule() {}

    /** What is wrong with the file, as {@code path:line: text}. */
    public static List<String> problems(String path, String text) {
        List<String> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        if (NEEDS_LICENCE.matcher(path).matches() && !licensed(path, lines)) {
            problems.add(path + ":1: no line " + LICENCE);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (OPEN_END.matcher(lines.get(i)).find()) {
                problems.add(path + ":" + (i + 1) + ": finish it, or file an issue");
            }
            if (MACHINE_PATH.matcher(lines.get(i)).find()) {
                problems.add(path + ":" + (i + 1) + ": a path of one machine");
            }
        }
        return problems;
    }

    /** The first line of Java; elsewhere a line that must come first may stand before it. */
    private static boolean licensed(String path, List<String> lines) {
        if (path.endsWith(".java")) {
            return !lines.isEmpty() && lines.getFirst().equals("// " + LICENCE);
        }
        return lines.stream().limit(3).anyMatch(line -> line.contains(LICENCE));
    }
}
