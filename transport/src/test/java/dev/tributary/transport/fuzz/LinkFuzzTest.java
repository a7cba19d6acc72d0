// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tributary.transport.StreamLink;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever text is pasted: it is a link that prints and reads the same, or refused in words. */
class LinkFuzzTest {
    private static final String KEY =
            "tributary://dpyvlvujpwlwomqmbiqw66bsnpxpjh2glikwwkmhxrkzgmasorza/";

    /** Links with every kind of part, to start from. */
    static Stream<byte[]> links() {
        return Stream.of(
                        "film?k=8&n=32&symbol=1152&rate=1200000&delay=2000&at=192.0.2.2:42319",
                        "a%20b%C3%A9?k=1&n=255&symbol=16&rate=1000000000&delay=100"
                                + "&at=[2001:db8::1%1]:1"
                                + "&at=source.example:65535&ticket=x",
                        "\u00e9+x?k=1&n=1&symbol=1200&rate=8000&delay=60000"
                                + "&at=[::ffff:1.2.3.4]:1&at=1.2:3")
                .map(rest -> (KEY + rest).getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("links")
    @FuzzTest(maxDuration = "1m")
    void aTextIsALinkThatComesBackOrIsRefusedInWords(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        StreamLink link;
        try {
            link = StreamLink.parse(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("this is not a usable stream link: ");
            return;
        }
        String printed = link.toString();
        assertThat(StreamLink.parse(printed)).isEqualTo(link);
        assertThat(StreamLink.parse(printed)).hasToString(printed);
    }
}
