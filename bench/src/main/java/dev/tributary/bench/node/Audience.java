// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Receivers of one node: each takes one substream and says once a second that it lives. */
final class Audience {
    /** Their paths, above those of suppliers. */
    static final int FIRST_PATH = 100;

    private static final long SECOND = 1_000_000_000L;

    /** Between two arrivals: a node answers only so many hellos a second. */
    private static final long ARRIVAL_NANOS = 5_000_000;

    private final LiveNode live;
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private final byte[] keepAlive = ScriptedPeer.keepAlive();
    private final long keepAliveNanos;
    private long keepAliveAt;
    private int nextKeepAlive;
    private int granted;

    /** Nobody yet. */
    Audience(LiveNode live, int most) {
        this.live = live;
        keepAliveNanos = SECOND / Math.max(1, most);
        keepAliveAt = live.now();
    }

    ScriptedPeer peer(int index) {
        return peers.get(index);
    }

    int size() {
        return peers.size();
    }

    /** One more receiver of an ESI: greets, proves its address, and asks. */
    void join(int esi, Received received) {
        ScriptedPeer peer = new ScriptedPeer(live, FIRST_PATH + peers.size());
        received.listen(peer);
        peer.greet();
        peer.say(keepAlive);
        peer.say(subscribe(peers.size() + 1, esi));
        peers.add(peer);
        received.letters((path, message) -> granted += granted(message) ? 1 : 0);
        Received.require(granted == peers.size(), "receiver " + peers.size() + " was refused");
        run(live.now() + ARRIVAL_NANOS);
    }

    static Subscribe subscribe(int request, int esi) {
        return new Subscribe(request, Subscribe.LIVE, LiveNode.K, 0, 0, List.of(esi));
    }

    static boolean granted(Message message) {
        return message instanceof Answer answer
                && answer.verdicts().stream()
                        .allMatch(verdict -> verdict.code() == Verdict.GRANTED);
    }

    /** Lets time pass at the node, with every receiver's word in it. */
    void run(long until) {
        while (!peers.isEmpty() && keepAliveAt <= until) {
            live.run(Math.max(keepAliveAt, live.now()));
            nextKeepAlive = nextKeepAlive + 1 < peers.size() ? nextKeepAlive + 1 : 0;
            peers.get(nextKeepAlive).say(keepAlive);
            keepAliveAt += keepAliveNanos;
        }
        live.run(until);
    }
}
