// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.decision;

import dev.tributary.standby.Admission;
import dev.tributary.standby.Candidate;
import dev.tributary.standby.PushDown;
import dev.tributary.standby.PushDown.Supplied;
import dev.tributary.standby.StandbyList;
import dev.tributary.standby.SubstreamChoice;
import dev.tributary.standby.SubstreamChoice.Pick;
import dev.tributary.standby.SupplierHealth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
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

/** What a node decides, by the size of the book that it decides from. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class DecisionBenchmark {
    private static final long NOW_NANOS = 1_000_000_000L;
    private static final long LAG_NANOS = 5_000_000;

    /** Source symbols go first in a book's ESIs, so any of these is offered by many. */
    private static final int ESI = 3;

    @Param({"16", "64", "256", "1024", "4096"})
    public int book = 16;

    @SuppressWarnings("NullAway.Init") // by JMH's set-up, before anything is timed
    private Population population;

    @SuppressWarnings("NullAway.Init")
    private SplittableRandom random;

    @SuppressWarnings("NullAway.Init")
    private SubstreamChoice choice;

    private final BitSet none = new BitSet();
    private final BitSet others = new BitSet();
    private final int[] anyDepth = {Population.DEPTH};
    private final SupplierHealth health = new SupplierHealth();
    private Admission admission = new Admission(0, 0);
    private long block;

    /** Fills the book, and proves each decision. */
    @Setup
    public void prepare() {
        population = new Population(book, NOW_NANOS);
        random = new SplittableRandom(7);
        choice = new SubstreamChoice(random);
        others.set(0, Population.N);
        others.clear(ESI);
        admission = new Admission(book, book / Population.K);
        health.startAt(0);
        proveChoice();
        proveTakeover();
        proveAdmission();
    }

    /** Whom to ask for K substreams, of all in the book. */
    @Benchmark
    public List<Pick> chooseSuppliers() {
        return choice.choose(askable(), none, Population.K, anyDepth);
    }

    private List<Candidate> askable() {
        List<Candidate> askable = new ArrayList<>();
        for (int node = 0; node < population.book.capacity(); node++) {
            if (population.book.mayTry(node, NOW_NANOS)) {
                askable.add(population.candidates.get(node));
            }
        }
        return askable;
    }

    /**
     * A supplier misses three blocks in a row: it is suspect, and one of the best three that offer
     * the same ESI is to take it over.
     */
    @Benchmark
    public int takeOver() {
        health.onSymbol(block, LAG_NANOS);
        health.judgeNext();
        block += 1 + SupplierHealth.SUSPECT_MISSES;
        for (int i = 0; i < SupplierHealth.SUSPECT_MISSES; i++) {
            health.judgeNext();
        }
        if (!health.suspect()) {
            return -1;
        }
        List<Candidate> candidates = askable();
        int[] best = new int[StandbyList.BEST];
        int found = 0;
        while (found < best.length) {
            List<Pick> picks = choice.choose(candidates, others, 1, anyDepth);
            if (picks.isEmpty()) {
                break;
            }
            best[found] = picks.get(0).node();
            candidates.set(best[found], Population.NOBODY);
            found++;
        }
        return found == 0 ? -1 : best[random.nextInt(found)];
    }

    /** A full node is asked: has it room, and if not, whose slot does it take back? */
    @Benchmark
    public int admit() {
        if (admission.admits(population.supplied.size(), true)) {
            return -1;
        }
        return PushDown.victim(population.supplied, -1, 0, esi -> esi < Population.K);
    }

    private void proveChoice() {
        List<Pick> picks = chooseSuppliers();
        BitSet esis = new BitSet();
        for (Pick pick : picks) {
            boolean offered = population.candidates.get(pick.node()).depth(pick.esi()) > 0;
            require(offered && !esis.get(pick.esi()), "a bad pick: " + pick);
            esis.set(pick.esi());
        }
        require(picks.size() == Population.K, "only " + picks.size() + " picks");
    }

    private void proveTakeover() {
        for (int i = 0; i < 2 * SupplierHealth.SUSPECT_MISSES; i++) {
            int node = takeOver();
            require(
                    node >= 0 && population.candidates.get(node).depth(ESI) > 0,
                    "a bad takeover by " + node);
        }
    }

    private void proveAdmission() {
        int victim = admit();
        require(victim >= 0, "no slot is taken back");
        int mostCarried = 0;
        for (Supplied s : population.supplied) {
            boolean idle = !s.uploads() && !s.passedOn() && s.esi() < Population.K;
            mostCarried = idle ? Math.max(mostCarried, s.carries()) : mostCarried;
        }
        Supplied taken = population.supplied.get(victim);
        require(
                mostCarried == 0 || (!taken.uploads() && taken.carries() == mostCarried),
                "not the receiver that uploads nothing and has most: " + taken);
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
