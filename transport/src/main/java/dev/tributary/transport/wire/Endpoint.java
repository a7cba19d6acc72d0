// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import java.util.Arrays;

/**
 * An IP address and UDP port as plain numbers, so that protocol code needs no socket types.
 *
 * @param high first 8 bytes of the IPv6 form; IPv4 is held as ::ffff:a.b.c.d
 * @param low last 8 bytes of the IPv6 form
 * @param port 1 to 65535
 */
public record Endpoint(long high, long low, int port) {
    private static final long MAPPED_PREFIX = 0xFFFFL << 32;

    /** Makes an endpoint from 4 or 16 address bytes in network order. */
    public static Endpoint of(byte[] address, int port) {
        if (address.length == 4) {
            return ipv4((int) number(address, 0, 4), port);
        }
        if (address.length == 16) {
            return new Endpoint(number(address, 0, 8), number(address, 8, 8), port);
        }
        throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length);
    }

    /** An IPv4 endpoint; {@code address} holds the four bytes, first one highest. */
    public static Endpoint ipv4(int address, int port) {
        return new Endpoint(0, MAPPED_PREFIX | (address & 0xFFFFFFFFL), port);
    }

    public boolean isIpv4() {
        return high == 0 && low >>> 32 == MAPPED_PREFIX >>> 32;
    }

    /** False for what nobody can be reached at: port 0, the wildcard, multicast, broadcast. */
    public boolean isUsable() {
        if (port < 1 || port > 65535) {
            return false;
        }
        if (isIpv4()) {
            int first = (int) (low >>> 24) & 0xFF;
            return first != 0 && first < 224;
        }
        return (high | low) != 0 && high >>> 56 != 0xFF;
    }

    /**
     * What the addresses of one network have in common: 24 bits of IPv4, 48 of IPv6. Whoever has
     * one such address mostly has many.
     */
    public long prefix() {
        return isIpv4() ? low >>> 8 : high >>> 16;
    }

    public static Endpoint read(WireReader in) {
        int family = in.u8();
        if (family != 4 && family != 6) {
            in.fail();
        }
        byte[] address = new byte[family == 4 ? 4 : 16];
        in.read(address);
        return of(address, in.u16());
    }

    public void write(WireWriter out) {
        out.u8(isIpv4() ? 4 : 6).raw(addressBytes()).u16(port);
    }

    /** The address bytes in network order: 4 for IPv4, else 16. */
    public byte[] addressBytes() {
        byte[] all = new byte[16];
        for (int i = 0; i < 8; i++) {
            all[i] = (byte) (high >>> (56 - 8 * i));
            all[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return isIpv4() ? Arrays.copyOfRange(all, 12, 16) : all;
    }

    @Override
    public String toString() {
        byte[] bytes = addressBytes();
        StringBuilder text = new StringBuilder();
        if (bytes.length == 4) {
            for (int i = 0; i < 4; i++) {
                text.append(i == 0 ? "" : ".").append(bytes[i] & 0xFF);
            }
        } else {
            text.append('[');
            for (int i = 0; i < 16; i += 2) {
                text.append(i == 0 ? "" : ":");
                text.append(Integer.toHexString(((bytes[i] & 0xFF) << 8) | (bytes[i + 1] & 0xFF)));
            }
            text.append(']');
        }
        return text.append(':').append(port).toString();
    }

    private static long number(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xFF);
        }
        return value;
    }
}
