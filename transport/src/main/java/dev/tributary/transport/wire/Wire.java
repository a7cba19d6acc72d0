// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

/** Figures of the wire format that more than one class needs; PROTOCOL.md has the byte tables. */
public final class Wire {
    /** In the low four bits of the first byte of every datagram. */
    public static final int VERSION = 1;

    /** In front of what is sealed: kind and version, connection id, packet number. */
    public static final int DATAGRAM_HEADER_BYTES = 13;

    /** Behind what is sealed. */
    public static final int TAG_BYTES = 16;

    /** Frames of one datagram at most. */
    public static final int MAX_FRAMES_BYTES = 1_203;

    /** Type and length. */
    public static final int FRAME_HEADER_BYTES = 3;

    /** Where no connection is agreed yet. */
    public static final long NO_CONNECTION = 0;

    /**
     * What a datagram costs on an Ethernet beside its payload: UDP 8, IPv4 20, Ethernet 14. Caps
     * count it, so that a cap holds on the line and not only in our books.
     */
    public static final int IPV4_OVERHEAD_BYTES = 42;

    /** The same with IPv6. */
    public static final int IPV6_OVERHEAD_BYTES = 62;

    /** No control datagram is larger; with IPv6 and UDP it fits in 1,280 bytes. */
    public static final int MAX_DATAGRAM_BYTES = 1_232;

    /** A larger datagram is not ours. */
    public static final int MAX_RECEIVED_BYTES = 1_500;

    /** Distinct ESIs in GF(2^8). */
    public static final int MAX_ESIS = 255;

    /** A refusal names at most so many others. */
    public static final int MAX_ALTERNATIVES = 8;

    /** Records of one message: so many fit a datagram, with any address. */
    public static final int MAX_RECORDS = 9;

    /** Most records that are asked for at once. */
    public static final int MAX_RECORDS_WANTED = 16;

    /** A welcome names at most so many members. */
    public static final int MAX_MEMBERS = 16;

    /** Most supplier's suppliers of one status. */
    public static final int MAX_UPSTREAMS = 16;

    /** Most join points of one welcome. */
    public static final int MAX_JOINS = 16;

    public static final int INTRODUCTION = 1;
    public static final int WELCOME = 2;
    public static final int PROBE = 4;
    public static final int STATUS = 5;
    public static final int SUBSCRIBE = 6;
    public static final int ANSWER = 7;
    public static final int UNSUBSCRIBE = 8;
    public static final int REVOKE = 9;
    public static final int SYMBOL = 10;
    public static final int REPAIR = 11;
    public static final int REPAIR_REFUSAL = 12;
    public static final int END = 13;
    public static final int LEAVE = 14;
    public static final int MEMBERS = 15;
    public static final int MANIFEST = 16;
    public static final int MANIFEST_FEED = 17;
    public static final int MANIFEST_REQUEST = 18;
    public static final int WRONG = 19;
    public static final int TICKET = 20;
    public static final int DISMISSAL = 21;
    public static final int RECORDS = 22;
    public static final int RECORDS_WANTED = 23;
    public static final int SEEN = 24;

    private Wire() {}

    /** The 64-bit number nearest to {@code near} whose low 32 bits are {@code low}. */
    public static long widen(long low, long near) {
        return near + (int) (low - near);
    }
}
