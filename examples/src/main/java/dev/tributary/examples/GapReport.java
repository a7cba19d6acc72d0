// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.Gap;
import java.util.ArrayDeque;

/** Gaps on their way to a person: noted on the event loop, said on a thread that may wait. */
final class GapReport {
    /** More in one second are one line. */
    private static final int MOST_WAITING = 8;

    private final ArrayDeque<Gap> waiting = new ArrayDeque<>();
    private long unsaidBlocks;

    synchronized void add(Gap gap) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(gap);
        } else {
            unsaidBlocks += gap.blocks();
        }
    }

    /** Says what came since the last time; whether there was something to say. */
    synchronized boolean say() {
        boolean any = !waiting.isEmpty();
        while (!waiting.isEmpty()) {
            Gap gap = waiting.remove();
            Terminal.say("gap: " + gap.blocks() + " block(s) from " + gap.firstBlock() + " on, "
                    + gap.cause());
        }
        if (unsaidBlocks > 0) {
            Terminal.say("gap: " + unsaidBlocks + " more blocks within the same second");
            unsaidBlocks = 0;
        }
        return any;
    }
}
