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
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that passes an ESI on takes it from nobody who has it from deeper, however it is told. */
@SuppressWarnings("NullAway.Init") // join begins every test
class FeasibilityTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2.5);
    private final Station viewer = net.viewer(2, source);
    private Stranger other;
    private Link toOther;
    private int esi;

    /** The viewer gets an ESI at depth 1, passes it on, and asks another node for it as well. */
    @BeforeEach
    void join() {
        net.stream(source, SECOND);
        esi = viewer.stream.suppliers.all().getFirst().esi;
        other = net.stranger().link(viewer);
        net.stranger().link(viewer).say(new Subscribe(1, Subscribe.LIVE, 0, 0, 0, List.of(esi)));
        net.run(3 * net.delayNanos);
        toOther = Objects.requireNonNull(viewer.stream.membership.linkOf(other.node()));
        viewer.stream.begin(viewer.localNow(), viewer);
        Suppliers.Wish wish = new Suppliers.Wish(0, -1, 0);
        viewer.stream.suppliers.ask(viewer.localNow(), toOther, List.of(esi), wish);
        net.run(2 * net.delayNanos);
        assertThat(other.heard(Subscribe.class)).hasSize(1);
    }

    private void symbol(int depth) {
        long block = viewer.stream.blocks.newest() + 1;
        other.symbol(block, esi, depth, viewer.stream.clock.sourceMillis(viewer.localNow()));
        net.run(3 * net.delayNanos);
    }

    private void answer(int depth) {
        int request = other.heard(Subscribe.class).getFirst().request();
        Verdict verdict = new Verdict(esi, Verdict.GRANTED, depth, 0);
        other.say(new Answer(request, List.of(verdict), List.of()));
        net.run(3 * net.delayNanos);
    }

    private void assertTaken() {
        Subscription taken = requireNonNull(viewer.stream.suppliers.find(toOther, esi));
        assertThat(taken.active()).isTrue();
        assertThat(taken.depth).isEqualTo(1);
    }

    private void assertGivenBack() {
        assertThat(viewer.stream.suppliers.find(toOther, esi)).isNull();
        assertThat(other.heard(Unsubscribe.class))
                .singleElement()
                .satisfies(back -> assertThat(back.esis()).containsExactly(esi));
        assertThat(viewer.stream.suppliers.depth(esi)).isEqualTo(1);
    }

    @Test
    void aGrantAtTheSameDepthIsTaken() {
        answer(1);
        assertTaken();
    }

    @Test
    void aGrantThatIsTooDeepByNowIsGivenBack() {
        answer(2);
        assertGivenBack();
    }

    @Test
    void aSymbolThatOvertakesItsGrantIsTaken() {
        symbol(1);
        assertTaken();
    }

    @Test
    void aSymbolThatOvertakesItsGrantAndIsTooDeepByNowIsGivenBack() {
        symbol(2);
        assertGivenBack();
        answer(2);
        assertThat(viewer.stream.suppliers.find(toOther, esi)).isNull();
    }
}
