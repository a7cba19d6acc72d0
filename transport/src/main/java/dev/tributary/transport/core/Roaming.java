// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/**
 * A node's address changes under it when its router takes another port for it. Whoever copies a
 * datagram and sends it from elsewhere looks alike, so the node is asked there first.
 */
final class Roaming {
    /** A path is asked no more often than this. */
    private static final long APART_NANOS = 250_000_000;

    /** By which path the datagram came that is being read. */
    int from;

    private int asked = -1;
    private int token;
    private long askAgainAt = Long.MIN_VALUE;

    /** Whether to ask at the path from which the newest datagram came. */
    boolean asks(long now, int path) {
        if (path == asked && now < askAgainAt) {
            return false;
        }
        if (path != asked) {
            token = 0;
        }
        asked = path;
        askAgainAt = now + APART_NANOS;
        return true;
    }

    /**
     * What to ask with: the same again at the same path, for the first answer may take longer than
     * we wait before we ask again.
     */
    int token(int fresh) {
        token = token == 0 ? fresh : token;
        return token;
    }

    /** Whether this answer shows that the node is where it was asked. */
    boolean answers(int told) {
        boolean there = told != 0 && told == token && from == asked;
        if (there) {
            token = 0;
            asked = -1;
        }
        return there;
    }
}
