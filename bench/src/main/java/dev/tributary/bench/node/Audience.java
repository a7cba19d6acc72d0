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
    private final List<byte[]> keepAlives = new ArrayList<>();
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
        ScriptedPeer peer = new ScriptedPeer(FIRST_PATH + peers.size());
        say(peer, peer.hello());
        received.letters((path, message) -> peer.onMessage(message));
        Received.require(peer.remoteId() != 0, "no welcome for receiver " + peers.size());
        byte[] keepAlive = peer.keepAlive();
        say(peer, keepAlive);
        say(peer, peer.datagram(subscribe(peers.size() + 1, esi)));
        peers.add(peer);
        keepAlives.add(keepAlive);
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

    private void say(ScriptedPeer peer, byte[] datagram) {
        live.receive(peer.path, datagram, datagram.length);
    }

    /** Lets time pass at the node, with every receiver's word in it. */
    void run(long until) {
        while (!peers.isEmpty() && keepAliveAt <= until) {
            live.run(Math.max(keepAliveAt, live.now()));
            nextKeepAlive = nextKeepAlive + 1 < peers.size() ? nextKeepAlive + 1 : 0;
            say(peers.get(nextKeepAlive), keepAlives.get(nextKeepAlive));
            keepAliveAt += keepAliveNanos;
        }
        live.run(until);
    }
}
