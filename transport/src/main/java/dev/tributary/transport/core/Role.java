// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/** What a node does in a stream. One program, different verbs. */
public enum Role {
    SOURCE,
    RELAY,
    VIEWER;

    /** The role of a wire code; unknown codes are viewers, the role with no privilege. */
    public static Role of(int code) {
        return code == 0 ? SOURCE : code == 1 ? RELAY : VIEWER;
    }

    public int code() {
        return ordinal();
    }
}
