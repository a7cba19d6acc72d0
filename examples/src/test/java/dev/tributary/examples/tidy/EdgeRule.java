// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which package may use which, ours and the few foreign ones that stay behind one door. */
public final class EdgeRule implements Rule {
    private static final String OURS = "dev.tributary.";
    private static final String CODEC = OURS + "codec";
    private static final String KERNEL = CODEC + ".kernel";
    private static final String STANDBY = OURS + "standby";
    private static final String API = OURS + "transport";
    private static final String WIRE = API + ".wire";
    private static final String SEAL = API + ".seal";
    private static final String TRUST = API + ".trust";
    private static final String CORE = API + ".core";
    private static final String NETTY = API + ".netty";
    private static final String SIM = API + ".sim";

    /** Beside itself, what the main code of a package may use; sub-packages have their own line. */
    private static final Map<String, List<String>> ALLOWED = Map.of(
            CODEC, List.of(KERNEL),
            KERNEL, List.of(CODEC),
            STANDBY, List.of(),
            WIRE, List.of(),
            SEAL, List.of(WIRE),
            TRUST, List.of(SEAL, WIRE),
            CORE, List.of(SEAL, TRUST, WIRE, CODEC, STANDBY),
            NETTY, List.of(CORE, WIRE, CODEC),
            SIM, List.of(CORE, SEAL, WIRE, CODEC),
            API, List.of(NETTY, CORE, SEAL, TRUST, WIRE, CODEC));

    @Override
    public List<String> problems(JavaSource source) {
        List<String> problems = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
                inspect((MemberSelectTree) tree.getQualifiedIdentifier());
                return null;
            }

            @Override
            public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
                inspect(tree);
                return super.visitMemberSelect(tree, null);
            }

            private void inspect(MemberSelectTree tree) {
                String used = packageOf(tree.toString());
                if (!used.isEmpty() && !allowed(source, used)) {
                    problems.add(source.path()
                            + ":"
                            + source.line(tree)
                            + ": "
                            + source.packageName()
                            + " must not use "
                            + used);
                }
            }
        }.scan(source.unit(), null);
        return problems;
    }

    /** The package part of a qualified name, or nothing for an ordinary selection. */
    private static String packageOf(String qualified) {
        List<String> parts = List.of(qualified.split("\\.", -1));
        int end = 0;
        while (end < parts.size()
                && !parts.get(end).isEmpty()
                && !Character.isUpperCase(parts.get(end).charAt(0))) {
            end++;
        }
        return end == 0 || end == parts.size() ? "" : String.join(".", parts.subList(0, end));
    }

    private static boolean allowed(JavaSource source, String used) {
        String user = source.packageName();
        if (used.startsWith("io.netty.")) {
            return inside(user, NETTY) || inside(user, OURS + "bench");
        }
        if (used.startsWith("jdk.incubator.vector") || used.startsWith("java.lang.foreign")) {
            return inside(user, KERNEL) || source.simpleName().endsWith("VectorKernel");
        }
        if (!used.startsWith(OURS) || !source.main() || used.equals(user)) {
            return true;
        }
        if (inside(user, OURS + "examples")) {
            return inside(used, OURS + "examples") || used.equals(API);
        }
        if (inside(user, OURS + "bench")) {
            return !inside(used, OURS + "examples");
        }
        return ALLOWED.getOrDefault(user, List.of()).contains(used);
    }

    private static boolean inside(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }
}
