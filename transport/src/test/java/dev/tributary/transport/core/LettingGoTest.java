// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Wire;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What others take from a node and no longer comes there: built for a while, then let go. */
class LettingGoTest {
    private final SmallNet net = SmallNet.usual(1);
    private final WireTap tap = WireTap.on(net);
    private final Station source = net.source(2.5);

    private Stranger receiver(Station of, int esi) {
        Stranger receiver = net.stranger().link(of);
        receiver.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(esi)));
        net.run(3 * net.delayNanos);
        assertThat(receiver.heard(Answer.class).getLast().verdicts().getFirst().granted())
                .isTrue();
        return receiver;
    }

    /** Streams while these receivers go on to show that they live. */
    private void stream(long nanos, Stranger... receivers) {
        for (long passed = 0; passed < nanos; passed += 100 * MILLIS) {
            for (Stranger receiver : receivers) {
                receiver.say(new Probe(5));
            }
            net.stream(source, 100 * MILLIS);
        }
    }

    private static void ask(Station viewer, Station of, int esi) {
        Link link = Objects.requireNonNull(viewer.stream.membership.linkOf(of.node.id()));
        viewer.stream.begin(viewer.localNow(), viewer);
        Suppliers.Wish wish = new Suppliers.Wish(Subscribe.ORPHAN, -1, 0);
        viewer.stream.suppliers.ask(viewer.localNow(), link, List.of(esi), wish);
    }

    private long wishes(Station viewer, int esi) {
        return tap.said(viewer.index, Subscribe.class).stream()
                .filter(wish -> wish.esis().contains(esi))
                .count();
    }

    /** One that supplies the viewer and never takes anything from it. */
    private Station peer(int viewer) {
        SmallNet.Loss before = net.loss;
        net.loss = (from, to, datagram) ->
                (from == viewer - 1 && to == viewer && WireTap.type(datagram) == Wire.SUBSCRIBE)
                        || before.takes(from, to, datagram);
        Station peer = net.viewer(2, source);
        assertThat(peer.index).isEqualTo(viewer - 1);
        net.stream(source, 2 * SECOND);
        return peer;
    }

    @Test
    void whatComesNoMoreAndOthersTakeIsAskedForAgainThoughNothingLacks() {
        Station peer = peer(2);
        Station viewer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Subscription lost = viewer.stream.suppliers.all().stream()
                .filter(one -> one.depth == 1)
                .findFirst()
                .orElseThrow();
        Stranger receiver = receiver(viewer, lost.esi);
        ask(viewer, peer, 2 * net.spec.k());
        viewer.stream.suppliers.release(lost);
        assertThat(viewer.stream.planner.lacking()).isFalse();
        long before = wishes(viewer, lost.esi);
        net.stream(source, 300 * MILLIS);

        assertThat(wishes(viewer, lost.esi)).isEqualTo(before + 1);
        assertThat(viewer.stream.suppliers.receives(lost.esi)).isTrue();
        stream(3 * SECOND, receiver);
        assertThat(receiver.heard(Revoke.class)).isEmpty();
        assertThat(viewer.figures().substreamsDown()).isEqualTo(net.spec.k());
    }

    @Test
    void whatNobodyGivesAgainIsBuiltForTwoSecondsAndThenLetGoAndTheOthersStay() {
        int built = 2 * net.spec.k();
        Station peer = peer(2);
        Station viewer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        ask(viewer, peer, built);
        viewer.stream.suppliers.release(viewer.stream.suppliers.all().getFirst());
        net.stream(source, 200 * MILLIS);
        assertThat(viewer.stream.suppliers.receives(built)).isTrue();
        Stranger lasting = receiver(viewer, built + 1);
        Stranger passing = receiver(viewer, built);

        peer.kill();
        stream(2 * SECOND, lasting, passing);
        assertThat(passing.heard(Revoke.class)).isEmpty();
        stream(SECOND, lasting, passing);
        Revoke revoke = passing.heard(Revoke.class).getFirst();
        assertThat(revoke.reason()).isEqualTo(Revoke.ENDED);
        assertThat(revoke.esis()).containsExactly(built);
        passing.symbols.clear();
        lasting.symbols.clear();
        stream(3 * SECOND, lasting, passing);
        assertThat(passing.symbols).isEmpty();
        assertThat(lasting.symbols).isNotEmpty().containsOnly(built + 1);
        assertThat(lasting.heard(Revoke.class)).isEmpty();
    }

    @Test
    void whoLacksSubstreamsLetsGoOfAllThatItBuilds() {
        Station viewer = net.viewer(2, source);
        net.stream(source, 2 * SECOND);
        Stranger receiver = receiver(viewer, 2 * net.spec.k());
        stream(2 * SECOND, receiver);
        assertThat(receiver.heard(Revoke.class)).isEmpty();
        source.kill();
        net.run(2_500 * MILLIS);
        assertThat(viewer.stream.planner.lacking()).isTrue();
        assertThat(receiver.heard(Revoke.class)).first().satisfies(revoke -> {
            assertThat(revoke.reason()).isEqualTo(Revoke.ENDED);
            assertThat(revoke.esis()).containsExactly(2 * net.spec.k());
        });
    }

    @Test
    void whatTwoBringAtOnceIsGivenBackToOneOfThem() {
        Station relay = net.relay(3, source);
        Station viewer = net.viewer(0, source, relay);
        net.stream(source, 2 * SECOND);
        Subscription first = viewer.stream.suppliers.all().getFirst();
        ask(viewer, first.link.node() == relay.node.id() ? source : relay, first.esi);
        net.stream(source, SECOND);
        assertThat(viewer.stream.suppliers.all().stream().filter(s -> s.esi == first.esi))
                .hasSize(1);
        net.assertAllPlayToTheEnd(source, SECOND, List.of(viewer));
    }
}
