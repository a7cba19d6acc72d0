// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An endless stream whose bytes follow from their position alone, and whose position follows from
 * any eight aligned bytes of it, so that what is played is verified without keeping what was sent.
 */
final class SyntheticMedia {
    static final long UNKNOWN = -1;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long INVERSE = inverse(FACTOR);
    private static final long SALT = 0x5851F42D4C957F2DL;

    /** Longest stream told from noise: 8 TiB. */
    private static final long WORDS = 1L << 40;

    private SyntheticMedia() {}

    static void fill(long position, byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; ) {
            long at = position + i;
            if ((at & 7) == 0 && length - i >= 8) {
                LONG.set(bytes, offset + i, word(at >>> 3));
                i += 8;
            } else {
                bytes[offset + i] = byteAt(at);
                i++;
            }
        }
    }

    static boolean matches(long position, byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; ) {
            long at = position + i;
            if ((at & 7) == 0 && length - i >= 8) {
                if ((long) LONG.get(bytes, offset + i) != word(at >>> 3)) {
                    return false;
                }
                i += 8;
            } else {
                if (bytes[offset + i] != byteAt(at)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The position of these bytes in the stream; {@link #UNKNOWN} when they are not of it. */
    static long locate(byte[] bytes, int offset, int length) {
        for (int shift = 0; shift < 8 && shift + 8 <= length; shift++) {
            long index = index((long) LONG.get(bytes, offset + shift));
            long position = index * 8 - shift;
            if (index >= 0 && index < WORDS && position >= 0) {
                return matches(position, bytes, offset, length) ? position : UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    private static byte byteAt(long position) {
        return (byte) (word(position >>> 3) >>> (8 * (int) (position & 7)));
    }

    private static long word(long index) {
        long mixed = (index + SALT) * FACTOR;
        return mixed ^ mixed >>> 32;
    }

    private static long index(long word) {
        return (word ^ word >>> 32) * INVERSE - SALT;
    }

    /** Newton's iteration for the inverse of an odd number modulo 2^64. */
    private static long inverse(long odd) {
        long guess = odd;
        for (int i = 0; i < 6; i++) {
            guess *= 2 - odd * guess;
        }
        return guess;
    }
}
