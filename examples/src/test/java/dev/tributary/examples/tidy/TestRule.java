// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests neither sleep nor mock. */
public final class TestRule implements Rule {
    @Override
    public List<String> problems(JavaSource source) {
        List<String> problems = new ArrayList<>();
        if (source.main()) {
            return problems;
        }
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
                if (tree.getQualifiedIdentifier().toString().contains("mock")) {
                    problems.add(source.path() + ":" + source.line(tree) + ": a mocking library");
                }
                return null;
            }

            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
                if (tree.toString().endsWith("Thread.sleep")) {
                    problems.add(source.path() + ":" + source.line(tree) + ": a test that sleeps");
                }
                return super.visitMemberSelect(tree, null);
            }
        }.scan(source.unit(), null);
        return problems;
    }
}
