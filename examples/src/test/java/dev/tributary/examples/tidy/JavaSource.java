// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One parsed Java file; names are not resolved.
 *
 * @param path from the root of the project, with slashes
 */
public record JavaSource(
        String path, String text, CompilationUnitTree unit, SourcePositions positions) {

    /** Parses {@code text}; fails when it is not Java. */
    public static JavaSource parse(String path, String text) {
        var file = new InMemory(path, text);
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new JavaSource(path, text, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line that {@code tree} starts in, from 1. */
    public long line(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    /** How many lines {@code tree} covers. */
    public long lines(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree))
                - line(tree)
                + 1;
    }

    /** The package that the file declares, or an empty text. */
    public String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** Whether this is shipped code and not a test. */
    public boolean main() {
        return path.contains("/src/main/");
    }

    /** The file's name without its ending. */
    public String simpleName() {
        return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String text;

        InMemory(String path, String text) {
            super(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
