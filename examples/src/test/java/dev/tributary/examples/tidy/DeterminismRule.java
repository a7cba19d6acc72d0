// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The same seed must give the same run: no clock, thread, ambient randomness or hash order. */
public final class DeterminismRule implements Rule {
    private static final Pattern SCOPE = Pattern.compile("(codec|standby)/src/main/.*"
            + "|transport/src/main/java/dev/tributary/transport/(wire|seal|trust|core|sim)/.*");

    private static final Set<String> TYPES = Set.of(
            "HashMap",
            "HashSet",
            "ConcurrentHashMap",
            "IdentityHashMap",
            "WeakHashMap",
            "Hashtable",
            "Thread",
            "ThreadFactory",
            "ThreadLocalRandom",
            "Executor",
            "Executors",
            "ExecutorService",
            "ScheduledExecutorService",
            "CompletableFuture",
            "ForkJoinPool",
            "Timer",
            "ReentrantLock",
            "SecureRandom",
            "UUID",
            "Clock",
            "LocalDateTime",
            "ZonedDateTime",
            "InetAddress",
            "InetSocketAddress");

    private static final Set<String> MEMBERS = Set.of(
            "Set.of",
            "Set.copyOf",
            "Map.of",
            "Map.ofEntries",
            "Map.copyOf",
            "Collectors.toSet",
            "Collectors.toMap",
            "Collectors.groupingBy",
            "System.currentTimeMillis",
            "System.nanoTime",
            "System.getProperty",
            "System.getenv",
            "System.identityHashCode",
            "Boolean.getBoolean",
            "Integer.getInteger",
            "Long.getLong",
            "Instant.now",
            "Math.random",
            "RandomGenerator.getDefault");

    private static final Set<String> METHODS = Set.of("parallel", "parallelStream");

    @Override
    public List<String> problems(JavaSource source) {
        List<String> problems = new ArrayList<>();
        if (SCOPE.matcher(source.path()).matches()) {
            new Scanner(source, problems).scan(source.unit(), null);
        }
        return problems;
    }

    private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final JavaSource source;
        private final List<String> problems;

        Scanner(JavaSource source, List<String> problems) {
            this.source = source;
            this.problems = problems;
        }

        @Override
        public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
            // What is imported is reported where it is used, except for static members.
            return tree.isStatic() ? super.visitImport(tree, null) : null;
        }

        @Override
        public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
            if (TYPES.contains(tree.getName().toString())) {
                complain(tree, tree.getName().toString());
            }
            return super.visitIdentifier(tree, null);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
            select(tree, tree.getExpression(), tree.getIdentifier().toString());
            return super.visitMemberSelect(tree, null);
        }

        @Override
        public @Nullable Void visitMemberReference(
                MemberReferenceTree tree, @Nullable Void unused) {
            select(tree, tree.getQualifierExpression(), tree.getName().toString());
            return super.visitMemberReference(tree, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
            if (lastName(tree.getIdentifier()).equals("Random")
                    && tree.getArguments().isEmpty()) {
                complain(tree, "new Random()");
            }
            return super.visitNewClass(tree, null);
        }

        private void select(ExpressionTree tree, ExpressionTree owner, String name) {
            String qualified = lastName(owner) + "." + name;
            if (TYPES.contains(name) || MEMBERS.contains(qualified) || METHODS.contains(name)) {
                complain(tree, qualified);
            }
        }

        private static String lastName(ExpressionTree tree) {
            String text = tree.toString();
            return text.substring(text.lastIndexOf('.') + 1);
        }

        private void complain(ExpressionTree tree, String what) {
            problems.add(source.path()
                    + ":"
                    + source.line(tree)
                    + ": "
                    + what
                    + " makes runs differ; pass it in, or use a sorted collection");
        }
    }
}
