// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file grows by what is new, whatever of the past the recorder still holds. */
final class FlightRecordFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void whatWasWrittenIsNotWrittenAgain() throws IOException {
        Path path = folder.resolve("record.txt");
        try (FlightRecordFile file = FlightRecordFile.create(path)) {
            file.add(List.of("1 linked", "2 plays"));
            assertThat(path).hasContent("1 linked\n2 plays\n");
            file.add(List.of("2 plays", "3 gap"));
            file.add(List.of("2 plays", "3 gap"));
            file.add(List.of("9 the ring has moved on"));
        }
        assertThat(Files.readAllLines(path))
                .containsExactly("1 linked", "2 plays", "3 gap", "9 the ring has moved on");
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> FlightRecordFile.create(folder.resolve("none/record.txt")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("there is no such file or folder")
                .hasMessageContaining("--record-file");
    }
}
