// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavingTest {
    private final SmallNet net = SmallNet.usual(1);

    private final Station source = net.source(2.5);

    @Test
    void aViewerThatLeavesHandsItsReceiversOverWithoutAGap() {
        List<Station> viewers = net.viewers(5, 2, source);
        net.stream(source, 5 * SECOND);
        Station busiest = viewers.stream()
                .max(Comparator.comparingInt(v -> v.figures().substreamsUp()))
                .orElseThrow();
        viewers.remove(busiest);
        assertHandsOver(busiest, viewers);
    }

    @Test
    void aRelayThatLeavesHandsItsReceiversOverWithoutAGap() {
        Station relay = net.relay(3, source);
        List<Station> viewers = net.viewers(4, 2, source);
        net.stream(source, 5 * SECOND);
        assertHandsOver(relay, viewers);
    }

    /** Each of these seeds once sent the receivers of the leaver to one another, in a circle. */
    @ParameterizedTest
    @ValueSource(longs = {33, 83, 378, 586})
    void receiversThatAreSentToOneAnotherDoNotFeedThemselves(long seed) {
        SmallNet net = SmallNet.usual(seed);
        Station source = net.source(2.5);
        List<Station> viewers = net.viewers(5, 2, source);
        net.stream(source, 5 * SECOND);
        Station busiest = viewers.stream()
                .max(Comparator.comparingInt(v -> v.figures().substreamsUp()))
                .orElseThrow();
        busiest.leave();
        viewers.remove(busiest);
        net.assertAllPlayToTheEnd(source, 5 * SECOND, viewers);
    }

    private void assertHandsOver(Station leaver, List<Station> others) {
        assertThat(leaver.figures().substreamsUp()).isPositive();
        leaver.leave();
        assertThat(leaver.node.left()).isFalse();
        net.stream(source, 1_100 * MILLIS);
        assertThat(leaver.node.left()).isTrue();
        net.assertAllPlayToTheEnd(source, 4 * SECOND, others);
    }

    @Test
    void whoHasNoReceiversIsGoneAtOnceAndSaysSo() {
        Station viewer = net.viewer(1.5, source);
        net.stream(source, 2 * SECOND);
        Stranger member = net.stranger().link(viewer);
        viewer.leave();
        assertThat(viewer.node.left()).isTrue();
        net.run(50 * MILLIS);
        assertThat(member.heard(Leave.class)).hasSize(1);
        assertThat(source.stream.receivers.all()).isEmpty();
        assertThat(source.stream.links.openCount()).isZero();
    }

    @Test
    void whoLeavesTakesNobodyOn() {
        Stranger receiver = net.stranger().link(source);
        Stranger late = net.stranger().link(source);
        receiver.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(0)));
        net.run(50 * MILLIS);
        source.leave();
        late.say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(1)));
        net.run(50 * MILLIS);
        assertThat(late.heard(Answer.class).get(0).verdicts().get(0).code())
                .isEqualTo(Verdict.LEAVING);
        net.run(2 * SECOND);
        assertThat(source.node.left()).isTrue();
    }
}
