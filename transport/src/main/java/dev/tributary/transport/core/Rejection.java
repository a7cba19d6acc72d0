// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.WireWriter;

/** Why a stranger is turned away, in one datagram that proves nothing: it ends a greeting only. */
enum Rejection {
    UNKNOWN_STREAM(1, "it does not carry this stream"),
    VERSION(2, "it speaks another version"),
    NO_ROOM(3, "it has no room");

    private final int code;
    private final String words;

    Rejection(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** Writes the datagram for the one who greeted under a connection id; its bytes. */
    int write(long connection, byte[] into, int offset) {
        WireWriter out = new WireWriter().reset(into, offset);
        out.u8(Kind.REJECT.firstByte()).u64(connection).u8(code);
        return out.length();
    }

    /** The reason behind a code, for the flight recorder. */
    static String words(int code) {
        for (Rejection rejection : values()) {
            if (rejection.code == code) {
                return rejection.words;
            }
        }
        return "code " + code;
    }
}
