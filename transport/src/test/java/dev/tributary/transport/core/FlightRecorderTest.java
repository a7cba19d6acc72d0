// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlightRecorderTest {
    private final FlightRecorder recorder = new FlightRecorder();

    @Test
    void linesAreOldestFirstWithSecondsSinceTheFirst() {
        recorder.note(-5 * SECOND, "joined");
        recorder.note(-5 * SECOND + 1_500 * MILLIS, "granted");
        assertThat(recorder.lines())
                .map(String::strip)
                .containsExactly("0.000 joined", "1.500 granted");
    }

    @Test
    void theRecordIsBoundedAndKeepsTheNewest() {
        for (int i = 0; i < 100_000; i++) {
            recorder.note(i * MILLIS, "event " + i);
        }
        List<String> lines = recorder.lines();
        assertThat(lines).hasSize(2_048);
        assertThat(lines.get(0)).endsWith(" 97.952 event 97952");
        assertThat(lines.get(lines.size() - 1)).endsWith(" 99.999 event 99999");
    }
}
