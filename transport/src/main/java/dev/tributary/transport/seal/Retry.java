// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** The bytes of a retry: the cookie, under the connection id of the one who is to return it. */
final class Retry {
    private static final int HEADER_BYTES = 9;

    private Retry() {}

    static int write(long connection, byte[] cookie, byte[] into, int offset) {
        WireWriter out = new WireWriter().reset(into, offset);
        out.u8(Kind.RETRY.firstByte()).u64(connection).raw(cookie);
        return out.length();
    }

    /** The cookie; null when this is no retry for the connection. */
    static byte @Nullable [] cookie(long connection, byte[] bytes, int offset, int length) {
        WireReader in = new WireReader().reset(bytes, offset, length);
        if (length != HEADER_BYTES + Cookies.BYTES
                || in.u8() != Kind.RETRY.firstByte()
                || in.u64() != connection) {
            return null;
        }
        byte[] cookie = new byte[Cookies.BYTES];
        in.read(cookie);
        return cookie;
    }
}
