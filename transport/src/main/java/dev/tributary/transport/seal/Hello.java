// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The first word to a node: which stream, and half of a key. Nothing in it is secret or proved.
 *
 * @param minVersion least version that the initiator speaks
 * @param connection id that the initiator chose: what answers are sent under
 * @param ephemeral its X25519 key for this handshake
 * @param cookie what the responder asked to hear again, or nothing
 */
public record Hello(
        int minVersion,
        int features,
        Bytes32 stream,
        long connection,
        Bytes32 ephemeral,
        byte[] cookie) {
    /**
     * Every hello, with its cookie or with zeros in its place. A retry is a quarter; a welcome
     * is longer, and goes to an address only that has returned its cookie.
     */
    public static final int DATAGRAM_BYTES = 104;

    static final int CORE_BYTES = 1 + 4 + 32 + 8 + 32;

    private static final byte[] NO_COOKIE = {};

    Hello(int minVersion, int features, Bytes32 stream, long connection, Bytes32 ephemeral) {
        this(minVersion, features, stream, connection, ephemeral, NO_COOKIE);
    }

    Hello with(byte[] newCookie) {
        return new Hello(minVersion, features, stream, connection, ephemeral, newCookie);
    }

    /** The datagram's meaning; null when it is no hello or a shorter one than we answer. */
    public static @Nullable Hello read(byte[] bytes, int offset, int length) {
        WireReader in = new WireReader().reset(bytes, offset, length);
        if (length < DATAGRAM_BYTES
                || in.u8() != Kind.HELLO.firstByte()
                || in.u64() != Wire.NO_CONNECTION) {
            return null;
        }
        int minVersion = in.u8();
        int features = (int) in.u32();
        Bytes32 stream = bytes32(in);
        long connection = in.u64();
        Bytes32 ephemeral = bytes32(in);
        byte[] cookie = new byte[in.u8()];
        in.read(cookie);
        if (in.failed() || connection == Wire.NO_CONNECTION) {
            return null;
        }
        return new Hello(minVersion, features, stream, connection, ephemeral, cookie);
    }

    int write(byte[] into, int offset) {
        WireWriter out = new WireWriter().reset(into, offset);
        out.u8(Kind.HELLO.firstByte()).u64(Wire.NO_CONNECTION).raw(core());
        out.u8(cookie.length).raw(cookie).zeros(DATAGRAM_BYTES - out.length());
        return out.length();
    }

    /** All but the cookie, as on the wire: what the cookie and both signatures cover. */
    byte[] core() {
        byte[] core = new byte[CORE_BYTES];
        new WireWriter()
                .reset(core, 0)
                .u8(minVersion)
                .u32(features)
                .raw(stream.bytes())
                .u64(connection)
                .raw(ephemeral.bytes());
        return core;
    }

    static Bytes32 bytes32(WireReader in) {
        byte[] bytes = new byte[32];
        in.read(bytes);
        return Bytes32.of(bytes);
    }
}
