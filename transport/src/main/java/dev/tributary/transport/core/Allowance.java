// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

/** So much at once, and so much a second. */
final class Allowance {
    private final double most;
    private final double perSecond;
    private double left;
    private long at = Long.MIN_VALUE;

    Allowance(double most, double perSecond) {
        this.most = most;
        this.perSecond = perSecond;
        left = most;
    }

    boolean take(long now) {
        return take(now, 0);
    }

    /** Takes one if so many are left then, for others. */
    boolean take(long now, int kept) {
        if (at != Long.MIN_VALUE) {
            left = Math.min(most, left + (now - at) / 1e9 * perSecond);
        }
        at = now;
        if (left < 1 + kept) {
            return false;
        }
        left--;
        return true;
    }
}
