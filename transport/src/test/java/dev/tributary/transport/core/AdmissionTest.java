// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a substream, who does not, and what a refusal says. */
class AdmissionTest {
    private final SmallNet net = SmallNet.usual(1);

    private static Subscribe wish(int request, int flags, Integer... esis) {
        return new Subscribe(request, flags, 0, 0, 0, List.of(esis));
    }

    private Verdict ask(Stranger asker, int flags, int esi) {
        int request = 1 + asker.heard.size();
        asker.say(wish(request, flags | Subscribe.LIVE, esi));
        net.run(20 * MILLIS);
        return asker.heard(Answer.class).stream()
                .filter(answer -> answer.request() == request)
                .findFirst()
                .orElseThrow()
                .verdicts()
                .get(0);
    }

    @Test
    void aFullSourceAnswersEveryRequestAndNamesAtMostEightOthers() {
        Station source = net.source(2.5);
        List<Stranger> askers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            askers.add(net.stranger().link(source));
        }
        int granted = 0;
        for (int i = 0; i < askers.size(); i++) {
            askers.get(i).say(wish(i, Subscribe.LIVE, i % 8));
        }
        net.run(50 * MILLIS);
        for (int i = 0; i < askers.size(); i++) {
            List<Answer> answers = askers.get(i).heard(Answer.class);
            assertThat(answers).hasSize(1);
            Answer answer = answers.get(0);
            assertThat(answer.request()).isEqualTo(i);
            assertThat(answer.verdicts()).hasSize(1);
            if (answer.verdicts().get(0).granted()) {
                granted++;
            } else {
                assertThat(answer.verdicts().get(0).code()).isEqualTo(Verdict.FULL);
                assertThat(answer.alternatives()).hasSize(Wire.MAX_ALTERNATIVES);
                assertThat(answer.alternatives())
                        .doesNotHaveDuplicates()
                        .doesNotContain(askers.get(i).node(), source.node.id());
            }
        }
        assertThat(granted).isEqualTo(source.stream.receivers.slots());
        assertThat(granted).isLessThan(30);
    }

    @Test
    void theFirstAlternativesAreReceiversOfTheNodeThatIsFull() {
        Station source = net.source(1.2);
        Stranger one = net.stranger().link(source);
        while (ask(one, Subscribe.ORPHAN, source.figures().substreamsUp()).granted()) {
            assertThat(source.figures().substreamsUp()).isLessThan(net.spec.n());
        }
        net.stranger().link(source);
        Stranger late = net.stranger().link(source);
        assertThat(ask(late, 0, 0).granted()).isFalse();
        Answer answer = late.heard(Answer.class).get(0);
        assertThat(answer.alternatives().get(0)).isEqualTo(one.node());
    }

    @Test
    void aHeldSlotLapsesAfterASecond() {
        Station source = net.source(2.5);
        Stranger asker = net.stranger().link(source);
        assertThat(ask(asker, Subscribe.HOLD, 3).code()).isEqualTo(Verdict.HELD);
        assertThat(source.stream.receivers.all()).hasSize(1);
        net.stream(source, 900 * MILLIS);
        assertThat(source.stream.receivers.all()).hasSize(1);
        net.stream(source, 500 * MILLIS);
        assertThat(source.stream.receivers.all()).isEmpty();
        assertThat(asker.symbols).as("nothing is sent into a held slot").isEmpty();
    }

    @Test
    void aHeldSlotIsTakenUpByAskingAgain() {
        Station source = net.source(2.5);
        Stranger asker = net.stranger().link(source);
        ask(asker, Subscribe.HOLD, 3);
        assertThat(ask(asker, 0, 3).code()).isEqualTo(Verdict.GRANTED);
        net.stream(source, SECOND);
        assertThat(asker.symbols).isNotEmpty().containsOnly(3);
    }

    @Test
    void aReceiverThatLeavesASubstreamGetsNoMoreOfIt() {
        Station source = net.source(2.5);
        Stranger asker = net.stranger().link(source);
        ask(asker, 0, 2);
        net.stream(source, SECOND);
        asker.say(new Unsubscribe(List.of(2)));
        net.run(50 * MILLIS);
        int symbols = asker.symbols.size();
        assertThat(symbols).isPositive();
        net.stream(source, SECOND);
        assertThat(asker.symbols).hasSize(symbols);
    }

    @Test
    void aSilentReceiverLosesItsSlots() {
        Station source = net.source(2.5);
        ask(net.stranger().link(source), 0, 2);
        net.stream(source, 3 * SECOND);
        assertThat(source.stream.receivers.all()).hasSize(1);
        net.stream(source, SECOND);
        assertThat(source.stream.receivers.all()).isEmpty();
        assertThat(source.count(Counter.LEASES_LAPSED)).isEqualTo(1);
    }

    @Test
    void anEsiThatTheCodeDoesNotHaveIsRefused() {
        Station source = net.source(2.5);
        Stranger asker = net.stranger().link(source);
        assertThat(ask(asker, 0, net.spec.n()).code()).isEqualTo(Verdict.NOT_HERE);
        assertThat(ask(asker, 0, 255).code()).isEqualTo(Verdict.NOT_HERE);
        assertThat(ask(asker, 0, net.spec.n() - 1).granted()).isTrue();
    }

    @Test
    void aNodeWithoutUploadRefusesSubstreams() {
        Station source = net.source(2.5);
        Station silent = net.viewer(0, source);
        net.stream(source, 2 * SECOND);
        Stranger asker = net.stranger().link(silent);
        assertThat(ask(asker, 0, 0).code()).isEqualTo(Verdict.NO_UPLOAD);
        asker.say(new Probe(5));
        net.run(50 * MILLIS);
        Status status = asker.heard(StatusReport.class).get(0).status();
        assertThat(status.has(Status.FLAG_NO_UPLOAD)).isTrue();
        assertThat(status.slots()).isZero();
        net.stream(source, 2 * SECOND);
        net.finish(source);
        silent.assertPlayedAll();
        assertThat(silent.count(Counter.SYMBOLS_OUT)).isZero();
    }

    @Test
    void aNodeWithoutUploadRefusesRepairsAndKeepsItsPeace() {
        Station source = net.source(2.5);
        Station silent = net.viewer(0, source);
        net.stream(source, 3 * SECOND);
        Stranger asker = net.stranger().link(silent);
        long block = silent.stream.blocks.newestComplete();
        for (int esi = 0; esi < 8; esi++) {
            asker.say(new Repair(0, block, List.of(esi)));
            asker.say(new Repair(Repair.BACKLOG, block, List.of(esi)));
        }
        net.run(100 * MILLIS);
        assertThat(asker.heard(RepairRefusal.class)).isNotEmpty();
        assertThat(asker.symbols).isEmpty();
        int before = silent.wakeUps;
        net.run(SECOND);
        assertThat(silent.wakeUps - before).as("calls in a second").isLessThan(200);
    }

    @Test
    void aRepairIsAnsweredWithTheSymbolOrARefusal() {
        Station source = net.source(2.5);
        net.stream(source, 2 * SECOND);
        Stranger asker = net.stranger().link(source);
        asker.say(new Repair(0, 10, List.of(7)));
        asker.say(new Repair(0, 1_000_000, List.of(7)));
        asker.say(new Repair(0, 10, List.of(255)));
        net.run(50 * MILLIS);
        assertThat(asker.symbols).containsExactly(7);
        assertThat(asker.heard(RepairRefusal.class))
                .map(RepairRefusal::reason)
                .containsExactly(RepairRefusal.NOT_HERE, RepairRefusal.NOT_HERE);
    }
}
