// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final long START = 5_000 * SECOND;

    private final SplittableRandom random = new SplittableRandom(1);
    private final SourceClock clock = new SourceClock();

    @Test
    void theSourceItselfHasNoLag() {
        clock.start(START);
        assertThat(clock.known()).isTrue();
        assertThat(clock.sourceMillis(START + 7 * SECOND)).isEqualTo(7_000);
        assertThat(clock.arrivalNanos(7_000)).isEqualTo(START + 7 * SECOND);
    }

    @Test
    void nothingIsKnownBeforeAnybodySpoke() {
        assertThat(clock.known()).isFalse();
        assertThat(clock.sourceMillis(START)).isZero();
    }

    @Test
    void theSmallestLagIsTheAnchor() {
        for (int i = 0; i < 1_000; i++) {
            long lag = 20 * MILLIS + (i == 500 ? 0 : 1 + random.nextLong(80 * MILLIS));
            clock.onArrival(START + 5L * i * MILLIS + lag, 5L * i);
        }
        assertThat(clock.arrivalNanos(0)).isEqualTo(START + 20 * MILLIS);
    }

    @Test
    void aHintHoldsUntilTheFirstSymbol() {
        clock.onHint(START + 10 * SECOND, 9_000);
        assertThat(clock.arrivalNanos(0)).isEqualTo(START + SECOND);
        clock.onArrival(START + 10 * SECOND, 9_950);
        clock.onHint(START + 10 * SECOND, 1);
        clock.onHint(START + 10 * SECOND, 100_000);
        assertThat(clock.arrivalNanos(0)).isEqualTo(START + 50 * MILLIS);
    }

    @Test
    void aHintThatIsFurtherOffThanAnyWayIsLongIsForgottenWithTheFirstArrival() {
        clock.onHint(START, 3_600_000);
        clock.onArrival(START + SECOND, 900);
        assertThat(clock.arrivalNanos(0)).isEqualTo(START + 100 * MILLIS);
    }

    @Test
    void lateSymbolsNeverMoveTheClockLaterAtOnce() {
        clock.onArrival(START, 0);
        for (int i = 1; i < 9_000; i++) {
            clock.onArrival(START + i * MILLIS + 3 * SECOND, i);
            assertThat(clock.arrivalNanos(0)).isEqualTo(START);
        }
    }

    @Test
    void theClockMovesLaterByFiveMillisecondsInTenSecondsAtMost() {
        clock.onArrival(START, 0);
        long anchor = clock.arrivalNanos(0);
        long movedAt = START;
        for (int i = 1; i < 120_000; i += 5) {
            // From one moment on the only way is 100 ms longer.
            long now = START + i * MILLIS + (i > 20_000 ? 100 * MILLIS : 0);
            clock.onArrival(now, i);
            long moved = clock.arrivalNanos(0) - anchor;
            assertThat(moved).isBetween(0L, 5 * MILLIS);
            if (moved > 0) {
                assertThat(now - movedAt).isGreaterThanOrEqualTo(9 * SECOND);
                movedAt = now;
                anchor += moved;
            }
        }
        assertThat(anchor).isBetween(START + 30 * MILLIS, START + 100 * MILLIS);
    }

    @Test
    void driftInBothDirectionsIsFollowed() {
        for (int partsPerMillion : new int[] {-100, 100}) {
            SourceClock own = new SourceClock();
            long error = 0;
            for (long millis = 0; millis < 1_000_000; millis += 20) {
                long here = START + millis * MILLIS + millis * partsPerMillion;
                own.onArrival(here + random.nextLong(30 * MILLIS), millis);
                error = Math.max(error, Math.abs(own.arrivalNanos(millis) - here));
            }
            assertThat(error).as("drift " + partsPerMillion).isLessThan(40 * MILLIS);
            long last = START + SECOND * 1_000 + 1_000_000L * partsPerMillion;
            assertThat(own.arrivalNanos(1_000_000)).isBetween(last - 3 * MILLIS, last + 5 * MILLIS);
        }
    }
}
