// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.standby.SubstreamChoice.Pick;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SubstreamChoiceTest {
    private static final int SEEDS = 200;
    private static final int N = 24;
    private static final int[] ANY_DEPTH = {23};
    private static final int[] EIGHT = IntStream.range(0, 8).toArray();

    private static CandidateBuilder node(int node) {
        return new CandidateBuilder(node);
    }

    private static List<Pick> choose(long seed, int most, CandidateBuilder... nodes) {
        return choose(seed, most, ANY_DEPTH, nodes);
    }

    private static List<Pick> choose(
            long seed, int most, int[] maxDepth, CandidateBuilder... nodes) {
        List<Candidate> candidates = new ArrayList<>();
        for (CandidateBuilder n : nodes) {
            candidates.add(n.build());
        }
        SubstreamChoice choice = new SubstreamChoice(new SplittableRandom(seed));
        return choice.choose(candidates, new BitSet(), most, maxDepth);
    }

    /** Whatever chance says, the nodes are asked in this order, for one substream each. */
    private static void assertAsked(List<Integer> order, CandidateBuilder... nodes) {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(choose(seed, order.size(), nodes))
                    .extracting(Pick::node)
                    .containsExactlyElementsOf(order);
        }
    }

    private static CandidateBuilder[] nodes(int count, IntFunction<CandidateBuilder> maker) {
        return IntStream.range(0, count).mapToObj(maker).toArray(CandidateBuilder[]::new);
    }

    @Test
    void picksKeepEveryRuleInRandomSwarms() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                candidates.add(randomCandidate(random, i));
            }
            BitSet taken = new BitSet();
            random.ints(5, 0, N).forEach(taken::set);
            BitSet before = (BitSet) taken.clone();
            int[] limits = random.ints(N, 1, 8).toArray();

            List<Pick> picks = new SubstreamChoice(random).choose(candidates, taken, 8, limits);

            assertThat(taken).as("belongs to the caller").isEqualTo(before);
            assertThat(picks).hasSizeLessThanOrEqualTo(8);
            assertThat(picks).extracting(Pick::esi).doesNotHaveDuplicates();
            for (Pick pick : picks) {
                Candidate from = candidates.get(pick.node());
                long asked = picks.stream().filter(p -> p.node() == pick.node()).count();
                assertThat(taken.get(pick.esi())).isFalse();
                assertThat(pick.depth()).isEqualTo(from.depth(pick.esi())).isPositive();
                assertThat(pick.depth()).isLessThanOrEqualTo(limits[pick.esi()]);
                assertThat(asked).isLessThanOrEqualTo(from.freeSlots());
            }
        }
    }

    private static Candidate randomCandidate(SplittableRandom random, int i) {
        CandidateBuilder node = node(i).free(random.nextInt(4)).carries(random.nextInt(3));
        for (int esi = 0; esi < N; esi++) {
            node = random.nextBoolean() ? node.offers(1 + random.nextInt(6), esi) : node;
        }
        node = random.nextBoolean() ? node.builds(1 + random.nextInt(7)) : node;
        return random.nextInt(4) == 0 ? node.full().build() : node.build();
    }

    @Test
    void eightLikeSuppliersGetOneSubstreamEach() {
        CandidateBuilder[] nodes = nodes(8, i -> node(i).offers(2, EIGHT));
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(choose(seed, 8, nodes))
                    .hasSize(8)
                    .extracting(Pick::node)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aFurtherSupplierIsWorthTwoHopsMore() {
        CandidateBuilder loaded = node(0).offers(1, EIGHT).carries(1);
        CandidateBuilder deeper = node(1).offers(3, EIGHT);
        assertAsked(List.of(1), loaded, deeper);
    }

    @Test
    void ofEquallyUsedSuppliersTheShallowestIsAskedFirst() {
        CandidateBuilder deep = node(0).offers(4, EIGHT);
        CandidateBuilder shallow = node(1).offers(2, EIGHT);
        CandidateBuilder middle = node(2).offers(3, EIGHT);
        assertAsked(List.of(1, 2, 0), deep, shallow, middle);
    }

    @Test
    void ofOneNodeTheEsiWithTheLeastDepthIsAskedForThenTheOneItPrefers() {
        CandidateBuilder one = node(0).offers(3, 0, 1).offers(2, 7, 5, 6);
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(choose(seed, 8, one)).extracting(Pick::esi).containsExactly(7, 5, 6, 0, 1);
        }
    }

    @Test
    void oneHopCountsForMoreThanANearNode() {
        CandidateBuilder near = node(0).offers(2, EIGHT).rttMillis(5);
        CandidateBuilder far = node(1).offers(1, EIGHT).rttMillis(60);
        assertAsked(List.of(1), near, far);
    }

    @Test
    void ofEquallyDeepNodesAMuchNearerOneIsAskedFirst() {
        CandidateBuilder far = node(0).offers(2, EIGHT).rttMillis(200);
        CandidateBuilder near = node(1).offers(2, EIGHT).rttMillis(20);
        assertAsked(List.of(1), far, near);
    }

    @Test
    void viewersThatSeeTheSameNodesDoNotAllMeetAtOne() {
        int[] asked = new int[5];
        CandidateBuilder[] nodes = nodes(5, i -> node(i).offers(2, EIGHT).rttMillis(20 + i));
        for (int seed = 0; seed < 500; seed++) {
            asked[choose(seed, 1, nodes).get(0).node()]++;
        }

        for (int count : asked) {
            assertThat(count).isBetween(50, 200);
        }
    }

    @Test
    void noNodeIsAskedForMoreThanItsFreeSlots() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Pick> picks = choose(
                    seed,
                    8,
                    node(0).offers(1, EIGHT).free(0),
                    node(1).offers(2, EIGHT).free(2).carries(3),
                    node(2).offers(5, EIGHT).free(3));

            assertThat(picks).extracting(Pick::node).containsExactlyInAnyOrder(1, 1, 2, 2, 2);
        }
    }

    @Test
    void aFullNodeIsAskedOnlyWhereAFreeOneIsMuchWorse() {
        CandidateBuilder full = node(0).offers(1, EIGHT).full();
        CandidateBuilder free = node(1).offers(5, EIGHT);
        assertAsked(List.of(1), full, free);
        assertAsked(List.of(0), full);
        assertAsked(List.of(0), full, node(1).offers(9, EIGHT));
    }

    @Test
    void theDepthLimitHoldsForEachEsiOnItsOwn() {
        int[] limits = new int[N];
        limits[2] = 3;
        limits[3] = 2;
        for (int seed = 0; seed < SEEDS; seed++) {
            CandidateBuilder atThree = node(0).offers(3, EIGHT);
            assertThat(choose(seed, 8, limits, atThree)).containsExactly(new Pick(0, 2, 3));
            assertThat(choose(seed, 8, new int[] {2}, atThree)).isEmpty();
            assertThat(choose(seed, 8, new int[] {3}, atThree)).hasSize(8);
        }
    }

    @Test
    void whatANodeReceivesIsPreferredToWhatItWouldBuild() {
        CandidateBuilder one = node(0).offers(3, 4).builds(3);
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Pick> picks = choose(seed, 3, one);

            assertThat(picks).hasSize(3);
            assertThat(picks.get(0)).isEqualTo(new Pick(0, 4, 3));
            CandidateBuilder builder = node(1).builds(3);
            assertThat(choose(seed, 1, builder, node(2).offers(3, 4)))
                    .containsExactly(new Pick(2, 4, 3));
        }
    }

    @Test
    void builtEsisAreSpreadOverAllOfThem() {
        BitSet seen = new BitSet();
        for (int seed = 0; seed < SEEDS; seed++) {
            seen.set(choose(seed, 1, node(0).builds(3)).get(0).esi());
        }

        assertThat(seen.cardinality()).isEqualTo(N);
    }

    @Test
    void aNodeThatBuildsNothingIsNotAskedForWhatItDoesNotReceive() {
        assertThat(choose(1, 8, node(0).offers(2, 3))).containsExactly(new Pick(0, 3, 2));
        assertThat(choose(1, 8, node(0))).isEmpty();
        assertThat(choose(1, 8)).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSamePicks() {
        List<List<Pick>> seen = new ArrayList<>();
        CandidateBuilder[] nodes = nodes(12, i -> node(i).offers(2, EIGHT).builds(3));
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Pick> picks = choose(seed, 8, nodes);

            assertThat(choose(seed, 8, nodes)).isEqualTo(picks);
            seen.add(picks);
        }
        assertThat(seen.stream().distinct().count()).isGreaterThan(SEEDS / 2);
    }

    @Test
    void depthsAreReadUnsigned() {
        Candidate deep = node(0).offers(200, 1).build();

        assertThat(deep.depth(1)).isEqualTo(200);
        assertThat(deep.receives(1)).isTrue();
        assertThat(deep.receives(0)).isFalse();
    }
}
