// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.ArrayList;
import java.util.List;

/** What is done about a broken invariant: the run ends there, or the report lists it. */
final class Verdicts {
    /** The first ones tell what is wrong; a thousand more do not. */
    private static final int MOST_LISTED = 100;

    private final boolean failFast;
    private final List<String> listed = new ArrayList<>();

    Verdicts(boolean failFast) {
        this.failFast = failFast;
    }

    /** An invariant that holds no longer, seen at this node. */
    void broken(int node, String what) {
        if (failFast) {
            throw new Broken(node, what);
        }
        if (listed.size() < MOST_LISTED) {
            listed.add("node " + node + ": " + what);
        }
    }

    List<String> listed() {
        return List.copyOf(listed);
    }

    /** Carries the node, whose flight record then goes into the message. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        private final int node;

        Broken(int node, String what) {
            super(what);
            this.node = node;
        }

        int node() {
            return node;
        }
    }
}
