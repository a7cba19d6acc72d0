// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits on files, lines, methods and parameter lists; a record may have more components. */
public final class SizeRule implements Rule {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int COLUMNS = 100;
    private static final int PARAMETERS = 5;

    @Override
    public List<String> problems(JavaSource source) {
        List<String> problems = new ArrayList<>();
        List<String> lines = source.text().lines().toList();
        if (lines.size() > FILE_LINES) {
            problems.add(source.path() + ":1: file of " + lines.size() + " lines");
        }
        for (int i = 0; i < lines.size(); i++) {
            int columns = lines.get(i).length();
            // An import cannot be broken.
            if (columns > COLUMNS && !lines.get(i).startsWith("import ")) {
                problems.add(source.path() + ":" + (i + 1) + ": line of " + columns + " columns");
            }
        }
        new Methods(source, problems).scan(source.unit(), null);
        return problems;
    }

    private static final class Methods extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final JavaSource source;
        private final List<String> problems;

        Methods(JavaSource source, List<String> problems) {
            this.source = source;
            this.problems = problems;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            String where = source.path() + ":" + source.line(method) + ": " + method.getName();
            long lines = source.lines(method);
            if (lines > METHOD_LINES) {
                problems.add(where + " has " + lines + " lines");
            }
            int parameters = method.getParameters().size();
            if (parameters > PARAMETERS && !recordConstructor(method)) {
                problems.add(where + " has " + parameters + " parameters");
            }
            return super.visitMethod(method, null);
        }

        private boolean recordConstructor(MethodTree method) {
            return method.getReturnType() == null
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                    && type.getKind() == Tree.Kind.RECORD;
        }
    }
}
