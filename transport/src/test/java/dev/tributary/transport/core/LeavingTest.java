// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeavingTest {
    private final SmallNet net = SmallNet.usual(1);

    private void assertRestPlaysOn(Station source, Station gone, List<Station> viewers) {
        net.stream(source, 4 * SECOND);
        net.finish(source);
        for (Station viewer : viewers) {
            if (viewer != gone) {
                viewer.assertPlayedAll();
            }
        }
    }

    private List<Station> viewers(int count, Station source) {
        List<Station> viewers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            viewers.add(net.viewer(2, source));
        }
        return viewers;
    }

    @Test
    void aViewerThatLeavesHandsItsReceiversOverWithoutAGap() {
        Station source = net.source(2.5);
        List<Station> viewers = viewers(5, source);
        net.stream(source, 5 * SECOND);
        Station busiest = viewers.stream()
                .max(Comparator.comparingInt(v -> v.figures().substreamsUp()))
                .orElseThrow();
        assertThat(busiest.figures().substreamsUp()).isPositive();
        busiest.leave();
        assertThat(busiest.node.left()).isFalse();
        net.stream(source, 1_100 * MILLIS);
        assertThat(busiest.node.left()).isTrue();
        assertRestPlaysOn(source, busiest, viewers);
    }

    @Test
    void aRelayThatLeavesHandsItsReceiversOverWithoutAGap() {
        Station source = net.source(2.5);
        Station relay = net.relay(3, source);
        List<Station> viewers = viewers(4, source);
        net.stream(source, 5 * SECOND);
        assertThat(relay.figures().substreamsUp()).isPositive();
        relay.leave();
        net.stream(source, 1_100 * MILLIS);
        assertThat(relay.node.left()).isTrue();
        assertRestPlaysOn(source, relay, viewers);
    }

    @Test
    void whoHasNoReceiversIsGoneAtOnceAndSaysSo() {
        Station source = net.source(2.5);
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
        Station source = net.source(2.5);
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
