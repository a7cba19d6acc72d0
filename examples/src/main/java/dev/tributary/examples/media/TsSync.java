// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

/** Finds where MPEG-TS packets start among bytes. */
final class TsSync {
    /** Packets in a row that make an input MPEG-TS: chance hits it once in 2^40 places. */
    private static final int CONVINCING_PACKETS = 5;

    private TsSync() {}

    /** Whether the first {@code length} bytes hold MPEG-TS, maybe after some garbage. */
    static boolean found(byte[] bytes, int length) {
        int last = Math.min(length, bytes.length);
        for (int at = 0; at < Math.min(last, 64 * TsPacket.SIZE); at++) {
            if (run(bytes, at, last)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a packet starts here, as far as the bytes before {@code end} tell. */
    static boolean packetAt(byte[] bytes, int at, int end) {
        int next = at + TsPacket.SIZE;
        return bytes[at] == TsPacket.SYNC && (next >= end || bytes[next] == TsPacket.SYNC);
    }

    private static boolean run(byte[] bytes, int at, int end) {
        int wanted = Math.min(CONVINCING_PACKETS, (end - at) / TsPacket.SIZE);
        for (int i = 0; i < wanted; i++) {
            if (bytes[at + i * TsPacket.SIZE] != TsPacket.SYNC) {
                return false;
            }
        }
        return wanted > 0 && (wanted == CONVINCING_PACKETS || at == 0);
    }
}
