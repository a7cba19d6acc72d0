// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.WireWriter;

/** Seals the datagrams of one direction of a link. */
final class Sealer {
    /**
     * After so many datagrams, or so long, a new key: AES-GCM is good for 2^24.5 full datagrams
     * (RFC 9147, 4.5.3), and a key that leaks opens ten minutes. A link falls silent long before
     * a receiver could miss a whole phase.
     */
    static final int KEY_DATAGRAMS = 1 << 22;

    static final long KEY_NANOS = 600_000_000_000L;

    private final WireWriter writer = new WireWriter();
    private final int keyDatagrams;
    private DirectionKeys keys;
    private long number;
    private long keyEndsBefore;
    private boolean begun;
    private long keySince;

    /**
     * Begins a direction.
     *
     * @param number of its first datagram
     */
    Sealer(Suite suite, byte[] secret, int keyDatagrams, long number) {
        this.keyDatagrams = keyDatagrams;
        this.number = number;
        keys = DirectionKeys.first(suite, secret);
        keyEndsBefore = number + keyDatagrams;
    }

    /**
     * Writes the header in front of a payload, seals the payload in place, and puts the tag behind
     * it.
     *
     * @return bytes of the whole datagram
     */
    int seal(long now, long connection, byte[] bytes, int offset, int payload) {
        renew(now);
        int first = Kind.DATA.firstByte() | (keys.phase == 0 ? 0 : Kind.PHASE_BIT);
        writer.reset(bytes, offset).u8(first).u64(connection).u32(number);
        keys.aead.seal(number++, bytes, offset, payload);
        return Session.HEADER_BYTES + payload + Session.TAG_BYTES;
    }

    private void renew(long now) {
        if (!begun) {
            begun = true;
            keySince = now;
        } else if (number >= keyEndsBefore || now - keySince >= KEY_NANOS) {
            keys = keys.next();
            keySince = now;
            keyEndsBefore = number + keyDatagrams;
        }
    }
}
