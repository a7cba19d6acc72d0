// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long MILLI = 1_000_000;
    private static final long TICKS_PER_MS = 27_000;

    /** Time passes only while the pacer sleeps, or when a test says so. */
    private static final class ManualClock implements PaceClock {
        private long now = 5_000 * MILLI;
        private int sleeps;
        private long stallAtSleep = Long.MAX_VALUE;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleepUntil(long nanoTime) {
            assertThat(nanoTime).isGreaterThan(now);
            sleeps++;
            now = nanoTime + (sleeps == stallAtSleep ? 60_000 * MILLI : 0);
        }
    }

    private record Write(long millis, int length) {}

    private final ManualClock clock = new ManualClock();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Write> writes = new ArrayList<>();

    private final ByteSink sink = new ByteSink() {
        @Override
        public void write(byte[] bytes, int offset, int length) {
            written.write(bytes, offset, length);
            writes.add(new Write(clock.now / MILLI - 5_000, length));
        }

        @Override
        public void finish() {}
    };

    @Test
    void aFilePlaysAsLongAsItsClockSays() throws Exception {
        TsBytes ts = new TsBytes();
        for (long i = 0; i <= 50; i++) {
            ts.pcr(i * 40 * TICKS_PER_MS).filler(9);
        }

        Pacer.ofTs(clock, sink).run(file(ts));

        assertThat(written.toByteArray()).isEqualTo(ts.bytes());
        // 50 stretches of 40 ms, and the tail at the same rate.
        assertThat(clock.now / MILLI - 5_000).isEqualTo(51 * 40);
        assertThat(writes.getFirst().millis()).isZero();
    }

    @Test
    void piecesAreSmallWholeAndEven() throws Exception {
        TsBytes ts = new TsBytes().pcr(0).filler(499).pcr(1_000 * TICKS_PER_MS);

        Pacer.ofTs(clock, sink).run(file(ts));

        assertThat(writes).allSatisfy(write -> {
            assertThat(write.length()).isLessThanOrEqualTo(5 * 188);
            assertThat(write.length() % 188).isZero();
        });
        assertThat(clock.sleeps).isBetween(100, 130);
    }

    @Test
    void referencesInQuickSuccessionDoNotWakeItEachTime() throws Exception {
        TsBytes ts = new TsBytes();
        for (long i = 0; i <= 1_000; i++) {
            ts.pcr(i * TICKS_PER_MS);
        }

        Pacer.ofTs(clock, sink).run(file(ts));

        assertThat(clock.sleeps).isLessThanOrEqualTo(510);
    }

    @Test
    void afterALongStopItGoesOnAtItsPace() throws Exception {
        TsBytes ts = new TsBytes();
        for (long i = 0; i <= 50; i++) {
            ts.pcr(i * 40 * TICKS_PER_MS).filler(9);
        }
        clock.stallAtSleep = 20;

        Pacer.ofTs(clock, sink).run(file(ts));

        long bytesAtOnce = 0;
        long most = 0;
        for (int i = 1; i < writes.size(); i++) {
            boolean same = writes.get(i).millis() == writes.get(i - 1).millis();
            bytesAtOnce = same ? bytesAtOnce + writes.get(i).length() : 0;
            most = Math.max(most, bytesAtOnce);
        }
        assertThat(most).isLessThan(10 * 188);
    }

    @Test
    void anInputWithoutAClockIsPacedByItsBitrate() throws Exception {
        byte[] bytes = new byte[100_000];
        StretchSource flat = new FileStretches(
                () -> new java.io.ByteArrayInputStream(bytes), OptionalLong.of(800_000), false);

        Pacer.ofBytes(clock, sink).run(flat);

        assertThat(clock.now / MILLI - 5_000).isEqualTo(1_000);
        assertThat(written.size()).isEqualTo(100_000);
    }

    private static StretchSource file(TsBytes ts) throws IOException {
        return new FileStretches(ts::stream, OptionalLong.empty(), false);
    }
}
