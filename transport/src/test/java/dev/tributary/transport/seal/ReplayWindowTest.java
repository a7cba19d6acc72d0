// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayWindowTest {

    @Test
    void theWindowTellsAtLeastAThousandNumbersApart() {
        assertThat(ReplayWindow.NUMBERS).isGreaterThanOrEqualTo(1_024);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 70, 3_000, 100_000})
    void itSaysWhatASetOfAllNumbersWouldSay(int stride) {
        Random random = new Random(stride);
        ReplayWindow window = new ReplayWindow();
        TreeSet<Long> seen = new TreeSet<>();
        long highest = -1;
        long near = 0;
        for (int i = 0; i < 20_000; i++) {
            near += random.nextInt(stride);
            long number = near - random.nextInt(2_200);
            boolean fresh = number >= 0
                    && number > highest - ReplayWindow.NUMBERS
                    && !seen.contains(number);
            assertThat(window.fresh(number)).as("number %d", number).isEqualTo(fresh);
            if (fresh && random.nextInt(8) > 0) {
                window.mark(number);
                seen.add(number);
                highest = Math.max(highest, number);
            }
        }
        assertThat(window.highest()).isEqualTo(highest);
    }
}
