// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.Arrays;

/** Of which ESIs a node sent wrong symbols without having checked them. */
final class Doubts {
    private static final long NEVER = Long.MIN_VALUE;

    /** A node that was told so long ago starts anew. */
    private static final long FORGET_NANOS = 60_000_000_000L;

    /** Without a wrong symbol for so long a node has another chance. */
    private static final long ASIDE_NANOS = 5_000_000_000L;

    private final long[] asideUntil;
    private final long[] toldAt;
    private long anyUntil = NEVER;

    Doubts(int n) {
        toldAt = new long[n];
        Arrays.fill(toldAt, NEVER);
        asideUntil = toldAt.clone();
    }

    /** Whether what comes of an ESI is only looked at. */
    boolean setsAside(long now, int esi) {
        return now < asideUntil[esi];
    }

    /** Whether the node is to be asked for nothing more now. */
    boolean any(long now) {
        return now < anyUntil;
    }

    /** A symbol was wrong; true when the node had not been told before of this ESI. */
    boolean wrong(long now, int esi) {
        asideUntil[esi] = now + ASIDE_NANOS;
        anyUntil = asideUntil[esi];
        boolean first = toldAt[esi] == NEVER || now - toldAt[esi] > FORGET_NANOS;
        if (first) {
            toldAt[esi] = now;
        }
        return first;
    }

    long toldAt(int esi) {
        return toldAt[esi];
    }

    /** A symbol that the node sent at such a time proved right. */
    void right(long sentAt, int esi) {
        if (sentAt > toldAt[esi]) {
            asideUntil[esi] = NEVER;
            anyUntil = NEVER;
            for (long until : asideUntil) {
                anyUntil = Math.max(anyUntil, until);
            }
        }
    }
}
