// SPDX-License-Identifier: Apache-2.0
package dev.tributary.standby;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    private static final long SLOT = 270_000;

    private static Admission slots(int slots, int k) {
        Admission admission = Admission.of((long) Math.ceil(slots * SLOT / 0.9), SLOT, k);
        assertThat(admission.slots()).isEqualTo(slots);
        return admission;
    }

    @Test
    void slotsAreWhatFitsIntoNineTenthsOfTheCap() {
        assertThat(Admission.of(3_000_000, SLOT, 8).slots()).isEqualTo(10);
        assertThat(Admission.of(2_999_999, SLOT, 8).slots()).isEqualTo(9);
        assertThat(Admission.of(SLOT, SLOT, 8).slots())
                .as("no room for repairs")
                .isZero();
        assertThat(Admission.of(0, SLOT, 8).slots()).as("upload is off").isZero();
    }

    @Test
    void randomCapsAreUsedButNeverExceeded() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long slot = random.nextLong(10_000, 2_000_000);
            long cap = random.nextLong(100_000_000);
            long slots = Admission.of(cap, slot, 8).slots();

            assertThat(slots * slot * 10).as("%d / %d", cap, slot).isLessThanOrEqualTo(cap * 9);
            assertThat((slots + 1) * slot * 10).isGreaterThan(cap * 9);
        }
    }

    @Test
    void aHugeCapGivesABoundedNumberOfSlots() {
        assertThat(Admission.of(Long.MAX_VALUE, 1, 8).slots()).isBetween(1, 65_535);
    }

    @Test
    void oneSlotInKIsReserved() {
        assertThat(slots(8, 8).reserve()).isEqualTo(1);
        assertThat(slots(15, 8).reserve()).isEqualTo(1);
        assertThat(slots(16, 8).reserve()).isEqualTo(2);
        assertThat(slots(24, 8).reserve()).isEqualTo(3);
        assertThat(slots(8, 4).reserve()).isEqualTo(2);
    }

    @Test
    void aSmallNodeReservesOneSlotAndATinyOneNone() {
        assertThat(slots(4, 8).reserve()).isEqualTo(1);
        assertThat(slots(3, 8).reserve()).isZero();
        assertThat(slots(0, 8).reserve()).isZero();
    }

    @Test
    void theReserveIsOpenToTheUrgentOnlyAndNothingBeyondTheSlotsToAnybody() {
        Admission admission = slots(16, 8);

        assertThat(admission.admits(13, false)).isTrue();
        assertThat(admission.admits(14, false)).isFalse();
        assertThat(admission.admits(14, true)).isTrue();
        assertThat(admission.admits(15, true)).isTrue();
        assertThat(admission.admits(16, true)).isFalse();
    }

    @Test
    void whatIsFreeIsWhatWouldBeAdmitted() {
        for (int slots = 0; slots <= 40; slots++) {
            Admission admission = slots(slots, 8);
            for (boolean urgent : new boolean[] {false, true}) {
                int taken = 0;
                while (admission.admits(taken, urgent)) {
                    taken++;
                }
                assertThat(admission.free(0, urgent)).isEqualTo(taken);
                assertThat(admission.free(taken, urgent)).isZero();
                assertThat(admission.free(taken + 5, urgent)).as("never less").isZero();
            }
        }
    }

    @Test
    void aReceiverMayHaveAnEvenShareAndTwoAtLeast() {
        Admission admission = slots(18, 8);

        assertThat(admission.fairShare(0)).isEqualTo(16);
        assertThat(admission.fairShare(1)).isEqualTo(16);
        assertThat(admission.fairShare(4)).isEqualTo(4);
        assertThat(admission.fairShare(8)).isEqualTo(2);
        assertThat(admission.fairShare(100)).isEqualTo(2);
    }
}
