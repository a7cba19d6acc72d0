// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Test;

class LiveInputTest {
    private static final long TICKS_PER_SECOND = 27_000_000;

    /** Each look at it is 100 ms later. */
    private static final class SteppingClock implements PaceClock {
        private long now;

        @Override
        public long nanoTime() {
            now += 100_000_000;
            return now;
        }

        @Override
        public void sleepUntil(long nanoTime) {}
    }

    @Test
    void theOpeningSecondIsMeasuredByItsArrival() throws IOException {
        byte[] bytes = new byte[1_000_000];
        LiveInput input = in1000s(bytes);

        OpeningSecond opening = OpeningSecond.read(input, new SteppingClock());

        assertThat(opening.length()).isEqualTo(11_000);
        assertThat(opening.bitsPerSecond()).isEqualTo(88_000);
    }

    @Test
    void anInputFasterThanItsOwnClockIsMeasuredByThatClock() throws IOException {
        TsBytes ts = new TsBytes();
        for (int i = 0; i < 20; i++) {
            ts.pcr(i * TICKS_PER_SECOND / 20).filler(9);
        }

        LiveInput input = LiveInput.of(ts.stream());
        OpeningSecond opening = OpeningSecond.read(input, new SteppingClock());

        assertThat(opening.length()).isEqualTo(ts.bytes().length);
        assertThat(opening.bitsPerSecond()).isEqualTo(20 * 10 * 188 * 8);
    }

    @Test
    void anInputThatEndsAtOnceHasNoRate() throws IOException {
        LiveInput input = LiveInput.of(new ByteArrayInputStream(new byte[0]));

        assertThat(OpeningSecond.read(input, new SteppingClock()).length()).isZero();
    }

    @Test
    void datagramsAreTakenAsTheyCome() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (UdpInput input = UdpInput.open(any);
                DatagramChannel sender = DatagramChannel.open()) {
            sender.send(ByteBuffer.wrap(new byte[0]), input.address());
            sender.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), input.address());
            byte[] buffer = new byte[100];

            assertThat(input.read(buffer, 10)).isEqualTo(3);
            assertThat(buffer).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3);
        }
    }

    private static LiveInput in1000s(byte[] bytes) {
        ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
        return new LiveInput() {
            @Override
            public int read(byte[] buffer, int offset) {
                return stream.read(buffer, offset, 1_000);
            }

            @Override
            public void close() {}
        };
    }
}
