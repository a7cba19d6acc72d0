// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** Why a stranger is turned away, in one datagram that proves nothing: it ends a greeting only. */
enum Rejection {
    UNKNOWN_STREAM(1, "it does not carry this stream"),
    VERSION(2, "it speaks another version"),
    NO_ROOM(3, "it has no room"),
    ELSEWHERE(4, "it has too much to do, and names others");

    /** Others that are named at most. */
    static final int MOST_OTHERS = 8;

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

    /** The same, with others who may have less to do. */
    static int elsewhere(long connection, List<Endpoint> others, byte[] into, int offset) {
        int bytes = ELSEWHERE.write(connection, into, offset);
        WireWriter out = new WireWriter().reset(into, offset + bytes).u8(others.size());
        others.forEach(other -> other.write(out));
        return bytes + out.length();
    }

    /** The others that a rejection names behind its code; none where they cannot be read. */
    static List<Endpoint> others(int code, WireReader in) {
        List<Endpoint> others = new ArrayList<>();
        int count = code == ELSEWHERE.code ? in.u8() : 0;
        for (int i = 0; i < count && !in.failed(); i++) {
            others.add(Endpoint.read(in));
        }
        return in.failed() || count > MOST_OTHERS ? List.of() : others;
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
