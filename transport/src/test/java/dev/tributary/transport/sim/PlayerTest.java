// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.core.Playout;
import org.junit.jupiter.api.Test;

class PlayerTest {
    private final Sent sent = new Sent(8_000_000);
    private final Player player = player(1);

    PlayerTest() {
        for (int i = 0; i < 100; i++) {
            sent.tick();
        }
    }

    @Test
    void whatWasSentIsAccepted() {
        player.onPlayout(0, media(3, 3_000, 1_000));
        player.onPlayout(0, media(4, 4_000, 500));
        player.onPlayout(0, new Playout.Gap(5, 2, "lost"));
        player.onPlayout(0, media(7, 7_000, 1_000));
        assertThat(player.firstBlock()).isEqualTo(3);
        assertThat(player.blocks()).isEqualTo(3);
        assertThat(player.gapBlocks()).isEqualTo(2);
        assertThat(player.bytes()).isEqualTo(2_500);
    }

    @Test
    void aChangedByteIsNot() {
        Playout.Media media = media(3, 3_000, 1_000);
        media.bytes()[999] ^= 4;
        assertThatThrownBy(() -> player.onPlayout(0, media)).hasMessageContaining("differs");
    }

    @Test
    void aSkippedBlockIsNot() {
        player.onPlayout(0, media(3, 3_000, 1_000));
        assertThatThrownBy(() -> player.onPlayout(0, media(5, 4_000, 1_000)))
                .hasMessageContaining("block 5 played instead of 4");
    }

    @Test
    void rightBytesUnderTheNumberOfAnotherBlockAreNot() {
        Player other = player(2);
        player.onPlayout(0, media(3, 3_000, 1_000));
        assertThatThrownBy(() -> other.onPlayout(0, media(3, 2_000, 1_000)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theEndMayOnlyComeAfterTheLastByte() {
        player.onPlayout(0, media(0, 0, 9_000));
        assertThatThrownBy(() -> player.onPlayout(0, new Playout.End(1)))
                .hasMessageContaining("at byte 9000");
        Player other = player(2);
        other.onPlayout(0, media(1, 9_000, 991_000));
        assertThatCode(() -> other.onPlayout(0, new Playout.End(2))).doesNotThrowAnyException();
    }

    private Player player(int node) {
        return new Player(node, sent, new Verdicts(true), new Lags());
    }

    private static Playout.Media media(long block, long position, int length) {
        byte[] bytes = new byte[length];
        SyntheticMedia.fill(position, bytes, 0, length);
        return new Playout.Media(block, bytes, length, false, 0);
    }
}
