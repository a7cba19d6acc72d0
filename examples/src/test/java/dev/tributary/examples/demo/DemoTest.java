// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.examples.media.Survey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoTest {
    private static final Pattern VICTIM =
            Pattern.compile("killed (v\\d+), which supplied [1-9]\\d* substreams; (v\\d+) joins");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theClipIsMpegTsUnderTwoMegabytesAndComesWithTheCommandThatMadeIt() throws Exception {
        byte[] clip = DemoClip.load().bytes();
        Survey survey = Survey.of(clip, clip.length);

        assertThat(clip.length).isLessThan(2_000_000);
        assertThat(survey.mpegTs()).isTrue();
        assertThat(survey.peakBitsPerSecond()).isPositive();
        assertThat(DemoClip.class.getResource("make-clip")).isNotNull();
    }

    @Test
    void aRunShowsEveryNodeKillsASupplierAndSaysWhatWasLost() throws Exception {
        int code = new Demo(new DemoOptions(4, 10, 1), true, out).run();

        assertThat(text()).contains("the link of this stream: tributary://");
        assertThat(text()).contains("source", "relay", "v1", "v4", "source's share of all traffic");
        Matcher kill = VICTIM.matcher(text());
        assertThat(kill.find()).isTrue();
        assertThat(kill.group(2)).isEqualTo("v5");
        // A busy machine may lose something; the code must say so.
        assertThat(text().contains("lost: nothing")).isEqualTo(code == 0);
        assertThat(text()).contains("viewers watched to the end");
    }

    @Test
    void theTableIsRefreshedInPlaceOnATerminal() {
        DemoScreen screen = new DemoScreen(out, true, 0);
        screen.show(List.of("one", "two"), 1);
        screen.say("killed v3");
        screen.show(List.of("three", "four"), 2);

        assertThat(screen.due(3)).isTrue();
        assertThat(text()).contains("\u001b[2A\u001b[J").contains("three\nfour\nkilled v3\n");
    }

    @Test
    void elsewhereTheTableComesNowAndThenWithoutEscapes() {
        DemoScreen screen = new DemoScreen(out, false, 0);
        assertThat(screen.due(1)).isFalse();
        assertThat(screen.due(5_000_000_000L)).isTrue();
        screen.show(List.of("one"), 5_000_000_000L);
        screen.say("killed v3");

        assertThat(screen.due(9_000_000_000L)).isFalse();
        assertThat(text()).isEqualToNormalizingNewlines("one\nkilled v3\n");
    }
}
