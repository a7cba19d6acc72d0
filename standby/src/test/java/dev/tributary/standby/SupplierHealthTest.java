// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SupplierHealthTest {
    private static final long MILLI = 1_000_000;
    private static final long LAG = 50 * MILLI;
    private static final long HOUR_BLOCKS = 3_600_000_000_000L / SimulatedSupply.BLOCK_NANOS;

    private final SupplierHealth health = new SupplierHealth();

    private void come(long from, long to) {
        for (long block = from; block < to; block++) {
            health.onSymbol(block, LAG);
        }
    }

    private int judge(int blocks) {
        int missing = 0;
        for (int i = 0; i < blocks; i++) {
            missing += health.judgeNext() ? 1 : 0;
        }
        return missing;
    }

    @Test
    void blocksAreJudgedInOrderFromTheFirstLiveOne() {
        assertThat(health.started()).isFalse();
        health.startAt(100);
        assertThat(health.started()).isTrue();
        come(100, 103);

        assertThat(judge(3)).isZero();
        assertThat(health.nextBlock()).isEqualTo(103);
        assertThat(health.judgeNext()).as("block 103 has not come").isTrue();
    }

    @Test
    void threeMissesInARowMakeASuspectAndTwoDoNot() {
        health.startAt(0);
        come(0, 10);
        judge(10);

        assertThat(judge(2)).isEqualTo(2);
        assertThat(health.suspect()).isFalse();
        judge(1);
        assertThat(health.missesInRow()).isEqualTo(3);
        assertThat(health.suspect()).isTrue();
    }

    @Test
    void aSymbolBetweenBreaksTheRow() {
        health.startAt(0);
        come(0, 1);
        health.onSymbol(3, LAG);

        assertThat(judge(3)).as("1 and 2 are missing").isEqualTo(2);
        judge(3);
        assertThat(health.missesInRow()).as("4 and 5").isEqualTo(2);
        assertThat(health.suspect()).isFalse();
    }

    @Test
    void aNewerSymbolBreaksTheRowAlreadyWhileOlderBlocksAreJudged() {
        health.startAt(0);
        come(0, 1);
        health.onSymbol(5, LAG);

        assertThat(judge(5)).as("1 to 4 are missing").isEqualTo(4);
        assertThat(health.missesInRow()).isZero();
        assertThat(health.suspect()).isFalse();
        assertThat(health.missingShare()).as("they still count as missing").isEqualTo(0.8);
    }

    @Test
    void aLateSymbolEndsSuspicionAndItsMissIsForgiven() {
        health.startAt(0);
        come(0, 10);
        judge(13);
        assertThat(health.suspect()).isTrue();

        health.onSymbol(11, 5 * LAG);

        assertThat(health.suspect()).isFalse();
        assertThat(health.missingShare()).isCloseTo(2.0 / 13, within(1e-9));
        assertThat(health.arrived(11)).isTrue();
        assertThat(health.arrived(12)).isFalse();
    }

    @Test
    void aSymbolLaterThanTheWindowIsNotCountedForAnotherBlock() {
        health.startAt(0);
        judge(SupplierHealth.WINDOW + 6);

        health.onSymbol(2, LAG);

        assertThat(health.missingShare()).isEqualTo(1);
    }

    @Test
    void aSymbolThatIsAlwaysLateIsNoMissingOne() {
        health.startAt(0);
        for (int block = 0; block < 200; block++) {
            assertThat(health.judgeNext()).isTrue();
            health.onSymbol(block, 10 * LAG);
            assertThat(health.suspect()).isFalse();
        }

        assertThat(health.missingShare()).isZero();
        assertThat(health.congested()).isFalse();
    }

    @Test
    void lateSymbolsMakeLatenessUsual() {
        health.startAt(0);
        come(0, 100);
        long before = health.overdueNanos();
        for (int block = 100; block < 200; block++) {
            health.onSymbol(block, 6 * LAG);
        }

        assertThat(before).isLessThan(2 * LAG);
        assertThat(health.overdueNanos()).isGreaterThan(6 * LAG);
        assertThat(health.lag().meanNanos()).isCloseTo(6 * LAG, within(MILLI));
    }

    @Test
    void aSymbolIsNeverOverdueWithinTheSlackOfTimers() {
        health.startAt(0);
        come(0, 500);

        assertThat(health.overdueNanos()).isGreaterThanOrEqualTo(LAG + 10 * MILLI);
    }

    @Test
    void congestionIsAQuarterAndMoreOfAFullWindowMissing() {
        for (int missing = 0; missing <= SupplierHealth.WINDOW; missing++) {
            SupplierHealth h = new SupplierHealth();
            h.startAt(0);
            h.onSymbol(SupplierHealth.WINDOW, LAG);
            for (int i = missing; i < SupplierHealth.WINDOW; i++) {
                h.onSymbol(spread(i), LAG);
            }
            for (int i = 0; i < SupplierHealth.WINDOW; i++) {
                h.judgeNext();
            }

            assertThat(h.missingShare()).isEqualTo(missing / (double) SupplierHealth.WINDOW);
            assertThat(h.congested())
                    .as("%d missing", missing)
                    .isEqualTo(missing >= SupplierHealth.CONGESTED_MISSES);
        }
        assertThat(SupplierHealth.CONGESTED_MISSES * 4).isGreaterThan(SupplierHealth.WINDOW);
    }

    /** All numbers of the window, each few in a row far apart: 37 and 64 have no common factor. */
    private static int spread(int i) {
        return i * 37 % SupplierHealth.WINDOW;
    }

    @Test
    void aSupplierThatWasCutOffForAWhileIsNotCongested() {
        for (int missing = 0; missing <= SupplierHealth.WINDOW / 2; missing++) {
            for (int from = 0; from + missing <= SupplierHealth.WINDOW; from++) {
                SupplierHealth h = new SupplierHealth();
                h.startAt(0);
                h.onSymbol(SupplierHealth.WINDOW, LAG);
                for (int i = 0; i < SupplierHealth.WINDOW; i++) {
                    if (i < from || i >= from + missing) {
                        h.onSymbol(i, LAG);
                    }
                }
                for (int i = 0; i < SupplierHealth.WINDOW; i++) {
                    h.judgeNext();
                }
                assertThat(h.congested()).as("%d from %d", missing, from).isFalse();
            }
        }
    }

    @Test
    void aQuarterOfTheWindowWithFewerThanFourMissesMeansNoCongestion() {
        int quarterBlocks = SupplierHealth.WINDOW / 4;
        for (int quarter = 0; quarter < 4; quarter++) {
            for (int missing = 0; missing <= quarterBlocks; missing++) {
                SupplierHealth h = new SupplierHealth();
                h.startAt(0);
                h.onSymbol(SupplierHealth.WINDOW, LAG);
                for (int i = missing; i < quarterBlocks; i++) {
                    h.onSymbol(quarter * quarterBlocks + i, LAG);
                }
                for (int i = 0; i < SupplierHealth.WINDOW; i++) {
                    h.judgeNext();
                }
                assertThat(h.congested())
                        .as("%d missing in quarter %d, all in the others", missing, quarter)
                        .isEqualTo(missing >= 4);
            }
        }
    }

    @Test
    void nobodyIsCongestedBeforeAFullWindowIsJudged() {
        health.startAt(0);
        judge(SupplierHealth.WINDOW - 1);
        assertThat(health.congested()).isFalse();
        judge(1);
        assertThat(health.congested()).isTrue();

        health.forgive();
        assertThat(health.congested()).isFalse();
        assertThat(health.missesInRow()).isZero();
        assertThat(health.missingShare()).isZero();
        judge(SupplierHealth.WINDOW - 1);
        assertThat(health.congested()).isFalse();
        judge(1);
        assertThat(health.congested()).isTrue();
    }

    @Test
    void oldMissesLeaveTheWindow() {
        health.startAt(0);
        judge(SupplierHealth.WINDOW);
        come(SupplierHealth.WINDOW, 2 * SupplierHealth.WINDOW);
        judge(SupplierHealth.WINDOW);

        assertThat(health.missingShare()).isZero();
    }

    @Test
    void aSymbolOlderThanTheHistoryChangesNothing() {
        health.startAt(0);
        come(5_000, 5_001);
        for (long block = health.nextBlock(); block < 5_004; block++) {
            health.judgeNext();
        }
        assertThat(health.suspect()).isTrue();
        long overdue = health.overdueNanos();

        health.onSymbol(5_000 - 1_024, 20 * LAG);

        assertThat(health.suspect()).isTrue();
        assertThat(health.overdueNanos()).isEqualTo(overdue);
        assertThat(health.arrived(5_000 - 1_024)).isFalse();
    }

    @Test
    void whatArrivedAgreesWithAPlainRecordOverJumpsAndDisorder() {
        for (int seed = 0; seed < 10; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SupplierHealth h = new SupplierHealth();
            boolean[] came = new boolean[60_000];
            int newest = 0;
            for (int i = 0; i < 5_000 && newest < 50_000; i++) {
                int jump = random.nextInt(100) == 0 ? random.nextInt(3_000) : random.nextInt(-3, 4);
                int block = Math.max(0, newest + jump);
                h.onSymbol(block, LAG);
                came[block] = true;
                newest = Math.max(newest, block);
                int asked = Math.max(0, newest - random.nextInt(1_024));
                assertThat(h.arrived(asked)).as("seed %d, %d", seed, asked).isEqualTo(came[asked]);
                assertThat(h.arrived(newest + 1)).isFalse();
            }
        }
    }

    @Test
    void aDeeperSupplierIsNotBlamedForItsHops() {
        for (int hops = 1; hops <= 24; hops++) {
            long lag = hops * 40L * MILLI;
            SimulatedSupply supply = new SimulatedSupply(hops, lag, 10 * MILLI, 0);
            supply.runToBlock(5_000);

            assertThat(supply.suspicions()).as("%d hops", hops).isZero();
            assertThat(supply.misses()).as("%d hops", hops).isLessThan(50);
        }
    }

    @Test
    void aSupplierThatStopsIsSuspectThreeBlocksAfterItsUsualLag() {
        for (int seed = 0; seed < 50; seed++) {
            SimulatedSupply supply = new SimulatedSupply(seed, LAG, 5 * MILLI, 0);
            supply.runToBlock(1_000);
            supply.loss(1);
            long stopped = supply.now();
            while (!supply.health.suspect()) {
                supply.runToBlock(supply.now() / SimulatedSupply.BLOCK_NANOS + 1);
            }

            long blocks = (supply.now() - stopped) / SimulatedSupply.BLOCK_NANOS;
            assertThat(supply.suspicions()).as("seed %d", seed).isEqualTo(1);
            assertThat(blocks).as("seed %d", seed).isBetween(3L, 6L);
        }
    }

    @Test
    void fivePercentRandomLossForAnHourIsNeverCongestionAndSeldomSuspect() {
        int suspicions = 0;
        int seeds = 8;
        for (int seed = 0; seed < seeds; seed++) {
            SimulatedSupply supply = new SimulatedSupply(seed, LAG, 10 * MILLI, 0.05);
            supply.runToBlock(HOUR_BLOCKS);

            assertThat(supply.congestions()).as("seed %d", seed).isZero();
            assertThat(supply.health.missingShare()).isLessThan(0.2);
            suspicions += supply.suspicions();
        }

        // Three in a row by chance: 0.05^3 = one in 8,000 blocks.
        assertThat(suspicions).isLessThan((int) (seeds * HOUR_BLOCKS / 5_000));
    }

    @Test
    void twoPercentRandomLossMakesASuspectAboutOnceAnHour() {
        int suspicions = 0;
        int seeds = 16;
        for (int seed = 0; seed < seeds; seed++) {
            SimulatedSupply supply = new SimulatedSupply(seed, LAG, 10 * MILLI, 0.02);
            supply.runToBlock(HOUR_BLOCKS);
            suspicions += supply.suspicions();
        }

        // Two misses would do it 16 * 97,000 * 0.02^2 = 620 times.
        assertThat(suspicions).isLessThan(2 * seeds);
    }

    @Test
    void aSupplierThatSendsHalfIsFoundCongested() {
        for (int seed = 0; seed < 20; seed++) {
            SimulatedSupply supply = new SimulatedSupply(seed, LAG, 10 * MILLI, 0);
            supply.runToBlock(1_000);
            supply.loss(0.5);
            supply.runToBlock(1_000 + 3 * SupplierHealth.WINDOW);

            assertThat(supply.congestions()).as("seed %d", seed).isPositive();
        }
    }
}
