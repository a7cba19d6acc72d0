// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Unsubscribe;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The source's core with so many receivers, each of which takes one substream. A tick is one
 * block's time (37 ms): all deadlines in it, and its share of everybody's word once a second.
 *
 * <p>The source opens all that comes in and seals all that goes out, as it does with a driver. What
 * comes in is sealed in the same call by the one who says it, since no number is used twice: its
 * sealing is in the figure too, a small datagram in each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class NodeBenchmark {
    /** Blocks sent before the time is taken. */
    private static final int PROOF_BLOCKS = 60;

    /** A token that the node did not choose, so that no round trip is measured. */
    private static final int TOKEN = 0x5EED;

    @Param({"1", "100", "1000"})
    public int receivers = 1;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private LiveNode live;

    @SuppressWarnings("NullAway.Init")
    private Audience audience;

    @SuppressWarnings("NullAway.Init")
    private byte[] block;

    @SuppressWarnings("NullAway.Init")
    private ScriptedPeer asker;

    @SuppressWarnings("NullAway.Init")
    private byte[] probe;

    @SuppressWarnings("NullAway.Init")
    private byte[] comeAndGo;

    /** Lets everybody join, and proves what they get. */
    @Setup
    public void prepare() {
        live = LiveNode.source(2 * receivers + 2 * LiveNode.K);
        Received received = new Received(Audience.FIRST_PATH + receivers);
        live.out.witness(received);
        audience = new Audience(live, receivers);
        for (int i = 0; i < receivers; i++) {
            audience.join(i % (2 * LiveNode.K), received);
        }
        block = received.block();
        proveSymbols(received);
        asker = audience.peer(0);
        probe = ScriptedPeer.frames(new Probe(TOKEN));
        int esi = LiveNode.N - 1;
        comeAndGo =
                ScriptedPeer.frames(Audience.subscribe(9_999, esi), new Unsubscribe(List.of(esi)));
        proveAnswers(received);
        live.out.witness(null);
    }

    private void proveSymbols(Received received) {
        for (int i = 0; i < PROOF_BLOCKS; i++) {
            tick();
        }
        quietTick();
        for (int i = 0; i < receivers; i++) {
            int symbols = received.symbolsTo(Audience.FIRST_PATH + i);
            Received.require(
                    symbols == PROOF_BLOCKS, "receiver " + i + " got " + symbols + " symbols");
        }
    }

    private void proveAnswers(Received received) {
        quietTick();
        received.letters((path, message) -> {});
        probe();
        received.letters((path, message) -> Received.require(
                message instanceof Members
                        || (message instanceof StatusReport report && report.token() == TOKEN),
                "the probe was not answered but " + message));
        admit();
        received.letters((path, message) ->
                Received.require(Audience.granted(message), "not admitted but " + message));
    }

    /** A quiet tick, since probes in one moment get one answer; then a probe in, the answer out. */
    @Benchmark
    public long answerProbe() {
        quietTick();
        return probe();
    }

    long probe() {
        asker.say(probe);
        return datagrams();
    }

    long datagrams() {
        return live.out.datagrams();
    }

    /** A request in, the grant out; then the receiver gives the substream back. */
    @Benchmark
    public long admit() {
        asker.say(comeAndGo);
        return live.out.datagrams();
    }

    /** A block comes in, and goes out to everybody. */
    @Benchmark
    public long tick() {
        live.write(block);
        return quietTick();
    }

    /** The same time without media. */
    @Benchmark
    public long quietTick() {
        audience.run(live.now() + LiveNode.SPEC.blockNanos());
        return live.out.symbols();
    }
}
