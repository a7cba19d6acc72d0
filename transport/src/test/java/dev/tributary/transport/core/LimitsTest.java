// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.RandomMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a member may ask for at most, and a swarm of the largest K. */
class LimitsTest {
    private static List<Integer> esis(int count) {
        List<Integer> all = new ArrayList<>();
        for (int esi = 0; esi < count; esi++) {
            all.add(esi);
        }
        return all;
    }

    @Test
    void aWishForEveryEsiIsAnsweredInOneDatagram() {
        SmallNet net = SmallNet.usual(1);
        Station source = net.source(2.5);
        for (int i = 0; i < 20; i++) {
            net.stranger().link(source);
        }
        Stranger asker = net.stranger().link(source);
        asker.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, esis(255)));
        net.run(50 * MILLIS);
        assertThat(asker.heard(Answer.class)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aRepairForEveryEsiStaysWithinTheBudget() {
        SmallNet net = SmallNet.usual(2);
        Station source = net.source(2.5);
        net.stream(source, SECOND);
        Stranger asker = net.stranger().link(source);
        for (int i = 0; i < 100; i++) {
            asker.say(new Repair(0, 5, esis(255)));
            asker.say(new Repair(Repair.BACKLOG, 5, esis(255)));
        }
        net.stream(source, SECOND);
        assertThat(asker.symbols.size()).isLessThan(200);
    }

    @Test
    void streamsOfTheLargestKFlowThroughARelay() {
        SmallNet net = new SmallNet(3, 64, 8_000_000, SECOND);
        Station source = net.source(1.3);
        Station relay = net.relay(2.5, source);
        net.stream(source, SECOND);
        Station viewer = net.viewer(0, relay);
        net.stream(source, 4 * SECOND);
        net.finish(source);
        viewer.assertPlayedAll();
    }

    @Test
    void aMemberMaySayAnythingWithoutBreakingANode() {
        for (long seed = 1; seed <= 3; seed++) {
            SmallNet net = SmallNet.usual(seed);
            Station source = net.source(2.5);
            Station viewer = net.viewer(2, source);
            net.stream(source, SECOND);
            RandomMessages messages = new RandomMessages(net.random);
            for (int round = 0; round < 60; round++) {
                Stranger toSource = net.stranger().link(source);
                Stranger toViewer = net.stranger().link(viewer);
                for (int i = 0; i < 30; i++) {
                    sayAnything(toSource, messages.any(), round);
                    sayAnything(toViewer, messages.any(), round);
                }
                net.stream(source, 20 * MILLIS);
                assertThat(viewer.stream.links.size()).isLessThan(Links.MOST);
                assertThat(viewer.stream.membership.size()).isLessThanOrEqualTo(Membership.BOOK);
            }
            assertThat(viewer.stream.over()).isFalse();
        }
    }

    private static void sayAnything(Stranger stranger, Message message, int round) {
        // A leave closes the link, and what follows would not be read: not in every round.
        if (round % 4 == 0 || !(message instanceof Message.Leave)) {
            stranger.say(message);
        }
    }
}
