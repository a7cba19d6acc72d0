// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.standby.PushDown.Supplied;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PushDownTest {
    private static final int NEWCOMER = 100;

    private static Supplied leech(int receiver, int esi, int carries) {
        return new Supplied(receiver, esi, carries, false, false, false);
    }

    private static Supplied uploader(int receiver, int esi, int carries) {
        return new Supplied(receiver, esi, carries, true, false, false);
    }

    private static Supplied passingOn(int receiver, int esi, int carries) {
        return new Supplied(receiver, esi, carries, true, true, false);
    }

    private static int victim(Supplied... supplied) {
        return PushDown.victim(List.of(supplied), NEWCOMER, 0, esi -> true);
    }

    @Test
    void whoCannotUploadIsDisplacedFirst() {
        assertThat(victim(uploader(1, 0, 8), leech(2, 1, 1), uploader(3, 2, 8))).isEqualTo(1);
    }

    @Test
    void ofThoseWhoCannotUploadTheOneWithMostSlotsIsDisplaced() {
        assertThat(victim(leech(1, 0, 2), leech(2, 1, 5), leech(3, 2, 3))).isEqualTo(1);
    }

    @Test
    void whoPassesTheSubstreamOnIsNeverDisplaced() {
        Supplied relayed = new Supplied(3, 2, 8, false, true, false);

        assertThat(victim(passingOn(1, 0, 8), relayed)).isEqualTo(-1);
        assertThat(victim(passingOn(1, 0, 8), relayed, leech(2, 1, 1))).isEqualTo(2);
    }

    @Test
    void whoIsOnItsWayElsewhereIsNotDisplacedOnceMore() {
        assertThat(victim(new Supplied(1, 0, 8, false, false, true))).isEqualTo(-1);
    }

    @Test
    void aNewcomerIsNotDisplacedForItself() {
        assertThat(victim(leech(NEWCOMER, 0, 8), uploader(NEWCOMER, 1, 8))).isEqualTo(-1);
    }

    @Test
    void onlyASubstreamThatTheNewcomerWantsIsTakenBack() {
        List<Supplied> supplied = List.of(leech(1, 0, 3), leech(2, 5, 1));

        assertThat(PushDown.victim(supplied, NEWCOMER, 0, esi -> esi == 5)).isEqualTo(1);
        assertThat(PushDown.victim(supplied, NEWCOMER, 0, esi -> esi == 7)).isEqualTo(-1);
    }

    @Test
    void anUploaderGivesASlotOnlyWhereItStillHasNoLessThanTheNewcomerAfterwards() {
        for (int has = 1; has <= 8; has++) {
            for (int newcomerHas = 0; newcomerHas <= 8; newcomerHas++) {
                List<Supplied> one = List.of(uploader(1, 0, has));
                int victim = PushDown.victim(one, NEWCOMER, newcomerHas, esi -> true);
                boolean fair = has - 1 >= newcomerHas + 1;
                assertThat(victim).as("%d against %d", has, newcomerHas).isEqualTo(fair ? 0 : -1);
            }
        }
    }

    @Test
    void ofTheUploadersTheOneWithMostSlotsGivesOne() {
        assertThat(victim(uploader(1, 0, 3), uploader(2, 1, 6), uploader(3, 2, 4)))
                .isEqualTo(1);
    }

    @Test
    void nobodyIsDisplacedWhereNobodyIsSupplied() {
        assertThat(victim()).isEqualTo(-1);
    }

    @Test
    void repeatedPushDownAmongUploadersComesToRestAtEvenShares() {
        for (int seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int[] slots = new int[5];
            for (int i = 0; i < 20; i++) {
                slots[random.nextInt(5)]++;
            }
            int moves = 0;
            for (int idle = 0; idle < 5; moves++) {
                assertThat(moves).as("seed %d ends", seed).isLessThan(200);
                int newcomer = moves % 5;
                int victim = PushDown.victim(even(slots), newcomer, slots[newcomer], e -> true);
                idle = victim < 0 ? idle + 1 : 0;
                if (victim >= 0) {
                    slots[even(slots).get(victim).receiver()]--;
                    slots[newcomer]++;
                }
            }
            assertThat(slots).as("seed %d", seed).containsOnly(4);
        }
    }

    private static List<Supplied> even(int[] slots) {
        List<Supplied> supplied = new ArrayList<>();
        for (int receiver = 0; receiver < slots.length; receiver++) {
            for (int i = 0; i < slots[receiver]; i++) {
                supplied.add(uploader(receiver, i, slots[receiver]));
            }
        }
        return supplied;
    }
}
