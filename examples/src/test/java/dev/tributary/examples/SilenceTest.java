// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SilenceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Silence silence = new Silence();

    @Test
    void aStreamThatHasNotBegunIsNotSilent() {
        assertThat(silence.news(100 * SECOND)).isEmpty();
    }

    @Test
    void aPauseIsSaidOnceAndItsEndAsWell() {
        silence.onMedia(10 * SECOND);
        assertThat(silence.news(14 * SECOND)).isEmpty();
        assertThat(silence.news(15 * SECOND)).startsWith("nothing has come for 5 s");
        assertThat(silence.news(16 * SECOND)).isEmpty();
        silence.onMedia(22 * SECOND + SECOND / 2);
        assertThat(silence.news(23 * SECOND)).isEqualTo("the stream goes on after 12.5 s");
        assertThat(silence.news(24 * SECOND)).isEmpty();
        assertThat(silence.news(40 * SECOND)).startsWith("nothing has come for 5 s");
    }
}
