// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.Playout;
import dev.tributary.transport.netty.DriverHost;
import java.util.ArrayList;
import java.util.List;

/** The streams of one node; touched on its event loop only. */
final class Playbacks implements DriverHost {
    private final List<Playback> all = new ArrayList<>();

    void add(Playback playback) {
        all.add(playback);
    }

    /** Ends those that have not ended. */
    void fail(StreamException problem) {
        all.forEach(each -> each.fail(problem));
    }

    @Override
    public void onPlayout(int stream, Playout item) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).stream().number() == stream) {
                all.get(i).onPlayout(item);
            }
        }
    }

    @Override
    public void onTick(long now) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).check(now);
        }
    }

    @Override
    public void onFailure(Throwable bug) {
        fail(new StreamException(
                "this node broke an invariant of its own and stopped (" + bug
                        + "): start it again, and report it with the flight record in the log",
                bug));
    }
}
