// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** Made-up MPEG-TS; each packet has a number inside, so that no two are the same. */
final class TsBytes {
    static final int VIDEO_PID = 0x123;
    static final int AUDIO_PID = 0x145;
    static final int PMT_PID = 0x1067;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int packets;

    TsBytes pat() {
        byte[] packet = packet(0, true);
        // Pointer, table 0, length 13, id 1, version, sections, program 1 at PMT_PID, CRC.
        put(packet, 4, 0, 0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0x67);
        return add(packet);
    }

    TsBytes pmt() {
        byte[] packet = packet(PMT_PID, true);
        // Pointer, table 2, length 23, program 1, version, sections, PCR PID, no descriptors.
        put(packet, 4, 0, 2, 0xb0, 23, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0);
        put(packet, 17, 0x1b, 0xe1, 0x23, 0xf0, 0);
        put(packet, 22, 0x0f, 0xe1, 0x45, 0xf0, 0);
        return add(packet);
    }

    /** The first packet of a frame at which a player may start. */
    TsBytes keyframe(int pid) {
        byte[] packet = packet(pid, true);
        put(packet, 3, 0x30, 1, 0x40);
        return add(packet);
    }

    TsBytes filler(int count) {
        for (int i = 0; i < count; i++) {
            add(packet(AUDIO_PID, false));
        }
        return this;
    }

    TsBytes pcr(long ticks) {
        return pcr(VIDEO_PID, ticks, false);
    }

    TsBytes pcr(int pid, long ticks, boolean discontinuity) {
        byte[] packet = packet(pid, false);
        long base = ticks / 300;
        int extension = (int) (ticks % 300);
        put(packet, 3, 0x30, 7, discontinuity ? 0x90 : 0x10);
        put(packet, 6, (int) (base >> 25), (int) (base >> 17), (int) (base >> 9));
        put(packet, 9, (int) (base >> 1), (int) (base & 1) << 7 | 0x7e | extension >> 8, extension);
        return add(packet);
    }

    TsBytes garbage(int count) {
        for (int i = 0; i < count; i++) {
            out.write(0x11);
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    private byte[] packet(int pid, boolean unitStart) {
        byte[] packet = new byte[TsPacket.SIZE];
        put(packet, 0, TsPacket.SYNC, (unitStart ? 0x40 : 0) | pid >> 8, pid & 0xff, 0x10);
        put(packet, 180, packets >> 16, packets >> 8, packets);
        packets++;
        return packet;
    }

    private TsBytes add(byte[] packet) {
        out.write(packet, 0, packet.length);
        return this;
    }

    private static void put(byte[] packet, int at, int... values) {
        for (int i = 0; i < values.length; i++) {
            packet[at + i] = (byte) values[i];
        }
    }
}
