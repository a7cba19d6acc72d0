// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/** Reads the fields of one MPEG-TS packet (ISO 13818-1, 2.4.3) in place. */
final class TsPacket {
    static final int SIZE = 188;
    static final byte SYNC = 0x47;
    static final int PAT_PID = 0;
    static final long NO_PCR = -1;

    private static final int ADAPTATION = 0x20;
    private static final int PAYLOAD = 0x10;
    private static final int DISCONTINUITY = 0x80;
    private static final int RANDOM_ACCESS = 0x40;
    private static final int HAS_PCR = 0x10;
    private static final int PCR_FIELD_BYTES = 7;

    private TsPacket() {}

    static int pid(byte[] bytes, int at) {
        return (bytes[at + 1] & 0x1f) << 8 | (bytes[at + 2] & 0xff);
    }

    /** Whether a PES packet or a table starts in this packet. */
    static boolean unitStart(byte[] bytes, int at) {
        return (bytes[at + 1] & 0x40) != 0;
    }

    static boolean randomAccess(byte[] bytes, int at) {
        return (adaptationFlags(bytes, at) & RANDOM_ACCESS) != 0;
    }

    static boolean discontinuity(byte[] bytes, int at) {
        return (adaptationFlags(bytes, at) & DISCONTINUITY) != 0;
    }

    /** The clock reference in ticks of 27 MHz, or {@link #NO_PCR}. */
    static long pcr(byte[] bytes, int at) {
        if ((adaptationFlags(bytes, at) & HAS_PCR) == 0
                || (bytes[at + 4] & 0xff) < PCR_FIELD_BYTES) {
            return NO_PCR;
        }
        long base = 0;
        for (int i = 6; i < 10; i++) {
            base = (base << 8) | (bytes[at + i] & 0xff);
        }
        base = (base << 1) | (bytes[at + 10] & 0x80) >> 7;
        int extension = (bytes[at + 10] & 1) << 8 | (bytes[at + 11] & 0xff);
        return base * 300 + extension;
    }

    /** Where the payload starts, counted from the packet's first byte; SIZE when there is none. */
    static int payload(byte[] bytes, int at) {
        if ((bytes[at + 3] & PAYLOAD) == 0) {
            return SIZE;
        }
        int start = (bytes[at + 3] & ADAPTATION) == 0 ? 4 : 5 + (bytes[at + 4] & 0xff);
        return Math.min(start, SIZE);
    }

    private static int adaptationFlags(byte[] bytes, int at) {
        boolean present = (bytes[at + 3] & ADAPTATION) != 0 && bytes[at + 4] != 0;
        return present ? bytes[at + 5] & 0xff : 0;
    }
}
