// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/** Thirty-two bytes as a value: a public key or a stream identity. */
public record Bytes32(long a, long b, long c, long d) {

    /** Takes exactly 32 bytes. */
    public static Bytes32 of(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("32 bytes are needed, not " + bytes.length);
        }
        return new Bytes32(
                number(bytes, 0), number(bytes, 8), number(bytes, 16), number(bytes, 24));
    }

    public byte[] bytes() {
        byte[] all = new byte[32];
        put(all, 0, a);
        put(all, 8, b);
        put(all, 16, c);
        put(all, 24, d);
        return all;
    }

    private static long number(byte[] bytes, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xFF);
        }
        return value;
    }

    private static void put(byte[] bytes, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }
}
