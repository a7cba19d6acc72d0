// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts MPEG-TS from one clock reference to the next; garbage stays in its place. */
final class PcrStretches implements StretchSource {
    /** Without a reference for so long the PID that carried them is gone: take any other. */
    private static final int LONGEST_BYTES = 4 << 20;

    private static final int ANY_PID = -1;
    private static final int READ_BYTES = 1 << 16;

    private final InputStream input;
    private final PcrClock clock;

    private byte[] buffer = new byte[READ_BYTES];
    private int start;
    private int scanned;
    private int end;
    private boolean inputEnded;
    private int pcrPid = ANY_PID;

    PcrStretches(InputStream input, PcrClock clock) {
        this.input = input;
        this.clock = clock;
    }

    @Override
    public @Nullable Stretch next() throws IOException {
        while (true) {
            if (end - scanned <= TsPacket.SIZE && !inputEnded) {
                fill();
            } else if (end - scanned < TsPacket.SIZE) {
                return tail();
            } else if (!TsSync.packetAt(buffer, scanned, end)) {
                scanned++;
            } else if (references(scanned) && scanned > start) {
                return toReference();
            } else if (scanned - start > LONGEST_BYTES) {
                return withoutReference();
            } else {
                scanned += TsPacket.SIZE;
            }
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    /** Whether this packet carries a reference of our clock; the input's first one starts it. */
    private boolean references(int at) {
        long pcr = TsPacket.pcr(buffer, at);
        int pid = TsPacket.pid(buffer, at);
        if (pcr == TsPacket.NO_PCR || (pcrPid != ANY_PID && pid != pcrPid)) {
            return false;
        }
        if (pcrPid == ANY_PID && at == start) {
            clock.onPcr(pcr, true, 0);
        }
        pcrPid = pid;
        return true;
    }

    private Stretch toReference() {
        boolean jump = TsPacket.discontinuity(buffer, scanned);
        long pcr = TsPacket.pcr(buffer, scanned);
        return cut(clock.onPcr(pcr, jump, scanned - start), TsPacket.SIZE);
    }

    private Stretch withoutReference() {
        pcrPid = ANY_PID;
        clock.restart();
        return cut(clock.estimateNanos(scanned - start), 0);
    }

    private @Nullable Stretch tail() {
        scanned = end;
        return end == start ? null : cut(clock.estimateNanos(end - start), 0);
    }

    /** What lies before the scan; the scan goes on {@code step} bytes later. */
    private Stretch cut(long durationNanos, int step) {
        Stretch stretch = new Stretch(buffer, start, scanned - start, durationNanos);
        start = scanned;
        scanned += step;
        return stretch;
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = input.read(buffer, end, buffer.length - end);
        inputEnded = read < 0;
        end += Math.max(0, read);
    }
}
