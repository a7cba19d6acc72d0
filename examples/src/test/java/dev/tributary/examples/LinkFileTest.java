// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.StreamLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkFileTest {
    private static final String LINK = "tributary://" + "a".repeat(52)
            + "/news?k=8&n=32&symbol=1152&rate=2000000&delay=2000&at=192.0.2.1:7000";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        StreamLink link = StreamLink.parse(LINK);
        Path file = folder.resolve("news.link");
        WholeFile.write(file, link + "\n");

        assertThat(LinkFile.read(file.toString())).hasToString(link.toString());
        assertThat(LinkFile.read(LINK)).hasToString(link.toString());
    }

    @Test
    void anOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("news.link"), "old");
        WholeFile.write(file, StreamLink.parse(LINK) + "\n");

        assertThat(Files.readString(file)).isEqualTo(LINK + "\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkFileMayHaveLinesAround() throws IOException {
        Path file = Files.writeString(folder.resolve("news.link"), "\n  " + LINK + "\r\n\n");

        assertThat(LinkFile.read(file.toString()).name()).isEqualTo("news");
    }

    @Test
    void aFolderThatIsNotThereCannotBeWrittenTo() {
        Path file = folder.resolve("none").resolve("news.link");

        assertThatThrownBy(() -> WholeFile.write(file, StreamLink.parse(LINK) + "\n"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aLargeFileIsNotReadAsALink() throws IOException {
        Path file = Files.write(folder.resolve("film.ts"), new byte[100_000]);

        assertThatThrownBy(() -> LinkFile.read(file.toString()))
                .hasMessageContaining("too large for a stream link");
    }
}
