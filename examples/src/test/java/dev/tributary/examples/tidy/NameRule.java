// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that say nothing, and queries that say "get". */
public final class NameRule implements Rule {
    private static final Pattern EMPTY_NAME =
            Pattern.compile("Abstract[A-Z].*|.*(Impl|Managers?|Utils?|Utilities|Helpers?)");
    private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

    @Override
    public List<String> problems(JavaSource source) {
        List<String> problems = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
                if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                    problems.add(source.path()
                            + ":"
                            + source.line(type)
                            + ": the name "
                            + type.getSimpleName()
                            + " does not say what the type is");
                }
                return super.visitClass(type, null);
            }

            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
                if (GETTER.matcher(method.getName()).matches() && !overrides(method)) {
                    problems.add(source.path()
                            + ":"
                            + source.line(method)
                            + ": a query is a plain noun, not "
                            + method.getName());
                }
                return super.visitMethod(method, null);
            }
        }.scan(source.unit(), null);
        return problems;
    }

    private static boolean overrides(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(type -> type.toString().equals("Override"));
    }
}
