// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import java.util.List;

/**
 * Whose slot a full node takes back for a newcomer that can pass the substream on. The newcomer
 * then supplies the displaced receiver, and the old supply goes on until the new one flows.
 */
public final class PushDown {
    /**
     * A substream that is supplied now.
     *
     * @param receiver the caller's number for the receiver
     * @param carries substreams that the receiver has from us
     * @param uploads whether the receiver can supply anybody
     * @param passedOn whether the receiver passes this ESI on
     * @param moving whether it is on its way elsewhere already
     */
    public record Supplied(
            int receiver,
            int esi,
            int carries,
            boolean uploads,
            boolean passedOn,
            boolean moving) {}

    private PushDown() {}

    /**
     * The index of the substream to take back, -1 for none.
     *
     * @param newcomer the asker's number
     * @param carries substreams that the asker has from us already
     * @param wanted whether the asker wants an ESI
     */
    public static int victim(
            List<Supplied> supplied,
            int newcomer,
            int carries,
            java.util.function.IntPredicate wanted) {
        int best = -1;
        int bestScore = 0;
        for (int i = 0; i < supplied.size(); i++) {
            Supplied s = supplied.get(i);
            if (s.receiver == newcomer || s.moving || s.passedOn || !wanted.test(s.esi)) {
                continue;
            }
            int score = s.uploads ? s.carries - carries - 1 : 1_000 + s.carries;
            if (score > bestScore) {
                bestScore = score;
                best = i;
            }
        }
        return best;
    }
}
