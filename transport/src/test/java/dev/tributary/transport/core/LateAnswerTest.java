// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.SECOND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A supplier that answers later than it was waited for, and was asked again since. */
@SuppressWarnings("NullAway.Init") // ask begins every test
class LateAnswerTest {
    private static final int ESI = 9;

    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station viewer = net.viewer(2, source);
    private Stranger slow;
    private Link toSlow;

    @BeforeEach
    void ask() {
        net.stream(source, SECOND);
        slow = net.stranger().link(viewer);
        net.run(3 * net.delayNanos);
        toSlow = requireNonNull(viewer.stream.membership.linkOf(slow.node()));
        askAgain();
    }

    private void askAgain() {
        viewer.stream.begin(viewer.localNow(), viewer);
        viewer.stream.suppliers.ask(
                viewer.localNow(), toSlow, List.of(ESI), new Suppliers.Wish(0, -1, 0));
        net.run(2 * net.delayNanos);
    }

    private void answer(int request, int code) {
        slow.say(new Answer(request, List.of(new Verdict(ESI, code, 1, 0)), List.of()));
        net.run(2 * net.delayNanos);
    }

    @Test
    void aLateGrantDoesNotHideTheRefusalOfTheNewRequest() {
        net.stream(source, SECOND);
        assertThat(slow.heard(Unsubscribe.class)).hasSize(1);
        askAgain();
        List<Subscribe> requests = slow.heard(Subscribe.class);
        answer(requests.getFirst().request(), Verdict.GRANTED);
        Subscription asked = viewer.stream.suppliers.find(toSlow, ESI);
        assertThat(asked).as("the new request, not settled by the late grant").isNotNull();
        assertThat(requireNonNull(asked).active()).isFalse();

        answer(requests.getLast().request(), Verdict.FULL);

        assertThat(viewer.stream.suppliers.find(toSlow, ESI)).isNull();
    }
}
