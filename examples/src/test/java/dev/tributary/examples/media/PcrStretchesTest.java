// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PcrStretchesTest {
    private static final long TICKS_40_MS = 1_080_000;
    private static final long NANOS_40_MS = 40_000_000;

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    @Test
    void bytesBetweenTwoReferencesTakeTheTimeBetweenThem() throws IOException {
        TsBytes ts = new TsBytes().pcr(0).filler(9).pcr(TICKS_40_MS).filler(4).pcr(2 * TICKS_40_MS);

        List<Stretch> stretches = read(ts);

        assertThat(lengths(stretches)).containsExactly(10 * 188, 5 * 188, 188);
        assertThat(durations(stretches)).startsWith(NANOS_40_MS, NANOS_40_MS);
        assertThat(seen.toByteArray()).isEqualTo(ts.bytes());
    }

    @Test
    void theClockMayWrap() throws IOException {
        long beforeWrap = PcrClock.WRAP_TICKS - TICKS_40_MS / 2;
        TsBytes ts = new TsBytes().pcr(beforeWrap).filler(9).pcr(TICKS_40_MS / 2);

        assertThat(durations(read(ts))).startsWith(NANOS_40_MS);
    }

    @Test
    void aSignalledDiscontinuityIsTimedByTheUsualRate() throws IOException {
        TsBytes ts = new TsBytes()
                .pcr(0)
                .filler(9)
                .pcr(TICKS_40_MS)
                .filler(4)
                .pcr(TsBytes.VIDEO_PID, TICKS_40_MS + 5, true)
                .filler(9)
                .pcr(2 * TICKS_40_MS + 5);

        assertThat(durations(read(ts))).startsWith(NANOS_40_MS, NANOS_40_MS / 2, NANOS_40_MS);
    }

    @Test
    void aJumpOfTheClockIsTimedByTheUsualRate() throws IOException {
        long hour = 3_600L * 27_000_000;
        TsBytes ts = new TsBytes()
                .pcr(hour)
                .filler(9)
                .pcr(hour + TICKS_40_MS)
                .filler(4)
                .pcr(0);

        assertThat(durations(read(ts))).startsWith(NANOS_40_MS, NANOS_40_MS / 2);
    }

    @Test
    void referencesOfOtherProgramsAreIgnored() throws IOException {
        TsBytes ts = new TsBytes()
                .pcr(0)
                .filler(3)
                .pcr(TsBytes.AUDIO_PID, 77_000_000, false)
                .filler(5)
                .pcr(TICKS_40_MS);

        assertThat(lengths(read(ts))).containsExactly(10 * 188, 188);
    }

    @Test
    void garbageAndAPartialLastPacketStayInPlace() throws IOException {
        TsBytes ts = new TsBytes().garbage(50).pcr(0).filler(4).garbage(33).filler(4);
        ts.pcr(TICKS_40_MS).filler(2).garbage(100);

        List<Stretch> stretches = read(ts);

        assertThat(seen.toByteArray()).isEqualTo(ts.bytes());
        assertThat(durations(stretches)).contains(NANOS_40_MS);
    }

    @Test
    void withoutReferencesTheRateIsUnknown() throws IOException {
        PcrClock clock = new PcrClock();
        new PcrStretches(new TsBytes().pat().pmt().filler(50).stream(), clock).next();

        assertThat(clock.knowsRate()).isFalse();
    }

    @Test
    void timeGoesOnWhereALoopStartsAgain() throws IOException {
        TsBytes ts = new TsBytes().pat().pcr(0).filler(9).pcr(TICKS_40_MS).filler(8);
        FileStretches looped = new FileStretches(ts::stream, OptionalLong.empty(), true);
        long bytes = 0;
        long nanos = 0;
        for (int i = 0; i < 3_000; i++) {
            Stretch stretch = looped.next();
            bytes += stretch == null ? 0 : stretch.length();
            nanos += stretch == null ? 0 : stretch.durationNanos();
        }

        double nanosPerByte = NANOS_40_MS / (10.0 * 188);
        assertThat(bytes).isEqualTo(1_000L * ts.bytes().length);
        // Only the first packet, before any rate was known, took no time.
        assertThat((double) nanos).isCloseTo((bytes - 188) * nanosPerByte, within());
    }

    @Test
    void anInputWithoutAClockIsCutByItsBitrate() throws IOException {
        byte[] bytes = new byte[10_000];
        FileStretches flat = new FileStretches(
                () -> new java.io.ByteArrayInputStream(bytes), OptionalLong.of(800_000), false);
        List<Stretch> stretches = all(flat);

        assertThat(lengths(stretches)).containsOnly(1_000).hasSize(10);
        assertThat(durations(stretches)).containsOnly(10_000_000L);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(10_000.0);
    }

    private List<Stretch> read(TsBytes ts) throws IOException {
        return all(new PcrStretches(ts.stream(), new PcrClock()));
    }

    private List<Stretch> all(StretchSource source) throws IOException {
        List<Stretch> all = new ArrayList<>();
        @Nullable Stretch next = source.next();
        while (next != null) {
            all.add(next);
            seen.write(next.bytes(), next.offset(), next.length());
            next = source.next();
        }
        return all;
    }

    private static List<Integer> lengths(List<Stretch> stretches) {
        return stretches.stream().map(Stretch::length).toList();
    }

    private static List<Long> durations(List<Stretch> stretches) {
        return stretches.stream().map(Stretch::durationNanos).toList();
    }
}
