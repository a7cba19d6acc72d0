// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.core.StreamSnapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A viewer's core from symbols in to media and symbols out: eight suppliers send one symbol of each
 * block, one of them a repair symbol; each block is decoded, proved by its manifest and played, and
 * each receiver gets one symbol of it. All that the core does in a block's time is in the figure,
 * which is for each symbol that came in.
 *
 * <p>The viewer opens each symbol that comes in and seals each one that goes out, as it does with a
 * driver. A number is never used twice, so the suppliers seal their symbols in the same call: for
 * each symbol the figure also has one sealing that is not the viewer's
 * ({@link SealBenchmark#seal}).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FlowBenchmark {
    /** Blocks before the time is taken: the viewer plays the first one two seconds late. */
    private static final int PROOF_BLOCKS = 200;

    /** Blocks that may be on their way to the player: the target delay, and one. */
    private static final long AHEAD = LiveNode.SPEC.delayNanos() / LiveNode.SPEC.blockNanos() + 2;

    private static final int PATIENCE = 100;

    @Param({"0", "1", "8", "100"})
    public int receivers = 8;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private Upstream upstream;

    @SuppressWarnings("NullAway.Init")
    private LiveNode live;

    @SuppressWarnings("NullAway.Init")
    private Audience audience;

    /** Lets the viewer find its suppliers and receivers, and proves what it plays and sends. */
    @Setup
    public void prepare() {
        Received received = new Received(Audience.FIRST_PATH + receivers);
        upstream = new Upstream(2 * receivers + 2 * LiveNode.K, received);
        live = upstream.live();
        audience = new Audience(live, receivers);
        for (int i = 0; !upstream.answer(); i++) {
            Received.require(i < PATIENCE, "the viewer does not take all its substreams");
            live.run(live.now() + LiveNode.SPEC.blockNanos() / 4);
        }
        live.run(Math.max(live.now(), upstream.nextAt()));
        for (int i = 0; i < PATIENCE / 2; i++) {
            prove();
        }
        for (int i = 0; i < receivers; i++) {
            audience.join(takes(i), received);
            upstream.answer();
        }
        prove(received);
        live.out.witness(null);
    }

    /** The last one takes the source symbol that is lost on the way in: it is rebuilt here. */
    private int takes(int receiver) {
        return receiver == receivers - 1 ? LiveNode.K - 1 : Upstream.esi(receiver % LiveNode.K);
    }

    private void prove() {
        symbolIn();
        upstream.answer();
    }

    private void prove(Received received) {
        int[] before = new int[receivers];
        for (int i = 0; i < receivers; i++) {
            before[i] = received.symbolsTo(Audience.FIRST_PATH + i);
        }
        long playedBefore = received.blocksPlayed();
        for (int i = 0; i < PROOF_BLOCKS; i++) {
            prove();
        }
        for (int i = 0; i < receivers; i++) {
            int symbols = received.symbolsTo(Audience.FIRST_PATH + i) - before[i];
            Received.require(
                    Math.abs(symbols - PROOF_BLOCKS) <= 2,
                    "receiver " + i + " got " + symbols + " symbols");
        }
        long played = received.blocksPlayed() - playedBefore;
        Received.require(played >= PROOF_BLOCKS - AHEAD, "only " + played + " blocks were played");
        StreamSnapshot figures = live.stream.snapshot(live.now());
        Received.require(
                figures.substreamsDown() == LiveNode.K && figures.substreamsUp() == receivers,
                figures.substreamsDown() + " substreams in, " + figures.substreamsUp() + " out");
    }

    @Setup(Level.Iteration)
    public void sign() {
        upstream.prepare();
    }

    /** One block's time. */
    @Benchmark
    @OperationsPerInvocation(LiveNode.K)
    public long symbolIn() {
        upstream.deliver();
        upstream.report();
        audience.run(Math.max(live.now(), upstream.nextAt()));
        return live.out.symbols();
    }
}
