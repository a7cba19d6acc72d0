// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.util.BitSet;

/** Learns from PAT and PMT which PIDs carry video; tables that span packets are read in part. */
final class TsTables {
    private static final int PAT_TABLE = 0;
    private static final int PMT_TABLE = 2;
    private static final int CRC_BYTES = 4;

    private final BitSet pmtPids = new BitSet();
    private final BitSet videoPids = new BitSet();

    void onPacket(byte[] bytes, int at) {
        if (!TsPacket.unitStart(bytes, at)) {
            return;
        }
        int pid = TsPacket.pid(bytes, at);
        boolean pat = pid == TsPacket.PAT_PID;
        if (!pat && !pmtPids.get(pid)) {
            return;
        }
        int payload = at + TsPacket.payload(bytes, at);
        int packetEnd = at + TsPacket.SIZE;
        if (payload >= packetEnd) {
            return;
        }
        int section = payload + 1 + (bytes[payload] & 0xff);
        if (section + 12 > packetEnd) {
            return;
        }
        int sectionEnd = Math.min(packetEnd, section + 3 + length(bytes, section + 1) - CRC_BYTES);
        if (pat && bytes[section] == PAT_TABLE) {
            onPat(bytes, section + 8, sectionEnd);
        } else if (!pat && bytes[section] == PMT_TABLE) {
            onPmt(bytes, section + 10, sectionEnd);
        }
    }

    boolean video(int pid) {
        return videoPids.get(pid);
    }

    private void onPat(byte[] bytes, int from, int end) {
        for (int at = from; at + 4 <= end; at += 4) {
            boolean network = bytes[at] == 0 && bytes[at + 1] == 0;
            if (!network) {
                pmtPids.set(pid(bytes, at + 2));
            }
        }
    }

    private void onPmt(byte[] bytes, int from, int end) {
        int at = from + 2 + length(bytes, from);
        while (at + 5 <= end) {
            if (isVideo(bytes[at] & 0xff)) {
                videoPids.set(pid(bytes, at + 1));
            }
            at += 5 + length(bytes, at + 3);
        }
    }

    /** Stream types of MPEG-1, MPEG-2, MPEG-4, H.264, H.265 and H.266 video (ISO 13818-1). */
    private static boolean isVideo(int streamType) {
        return switch (streamType) {
            case 0x01, 0x02, 0x10, 0x1b, 0x20, 0x24, 0x33 -> true;
            default -> false;
        };
    }

    private static int pid(byte[] bytes, int at) {
        return (bytes[at] & 0x1f) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0x0f) << 8 | (bytes[at + 1] & 0xff);
    }
}
