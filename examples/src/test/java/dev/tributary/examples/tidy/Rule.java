// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import java.util.List;

/** One thing that every Java file must keep to. */
@FunctionalInterface
public interface Rule {
    /** What is wrong with {@code source}, as {@code path:line: text}; empty when nothing is. */
    List<String> problems(JavaSource source);
}
