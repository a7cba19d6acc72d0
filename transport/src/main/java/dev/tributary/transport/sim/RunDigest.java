// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.zip.CRC32C;

/** A 64-bit fold over everything that happened, in order: equal seeds must give equal digests. */
final class RunDigest {
    private final CRC32C crc = new CRC32C();
    private long state = 0x9E3779B97F4A7C15L;

    void add(long value) {
        state = mix(state ^ value) + 0x632BE59BD9B4E019L;
    }

    void add(long time, int from, int to, int length) {
        add(time);
        add((long) from << 40 ^ (long) to << 16 ^ length);
    }

    void add(byte[] bytes, int offset, int length) {
        crc.reset();
        crc.update(bytes, offset, length);
        add(crc.getValue());
    }

    long value() {
        return mix(state);
    }

    /** The finalizer of SplitMix64: a bijection in which each input bit moves half the output. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
