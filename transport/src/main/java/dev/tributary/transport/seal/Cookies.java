// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Endpoint;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/**
 * Cookies show that a stranger receives at the address it sends from, and cost us no memory: a
 * cookie is an HMAC of the address and of the hello that brings it back, under a secret of our own.
 */
public final class Cookies {
    /** The low byte of its epoch, and 16 of the HMAC. */
    static final int BYTES = 17;

    /** A secret makes cookies for so long, and checks them for as long again. */
    static final long EPOCH_NANOS = 30_000_000_000L;

    private final Suite suite;
    private final RandomGenerator random;
    private byte[] current;
    private byte[] previous;
    private long epoch;

    /** Cookies under secrets from {@code random}. */
    public Cookies(Suite suite, long now, RandomGenerator random) {
        this.suite = suite;
        this.random = random;
        epoch = epoch(now);
        current = secret();
        previous = secret();
    }

    /**
     * Writes the answer to a hello without a valid cookie. It is shorter than the hello.
     *
     * @return bytes of the datagram
     */
    public int retry(long now, Endpoint from, Hello hello, byte[] into, int offset) {
        turn(now);
        return Retry.write(hello.connection(), cookie(epoch, from, hello), into, offset);
    }

    /** Whether the hello brings a cookie that was made for it and its address not long ago. */
    public boolean valid(long now, Endpoint from, Hello hello) {
        turn(now);
        byte[] cookie = hello.cookie();
        if (cookie.length != BYTES) {
            return false;
        }
        long claimed = (byte) epoch == cookie[0] ? epoch : epoch - 1;
        return MessageDigest.isEqual(cookie(claimed, from, hello), cookie);
    }

    private byte[] cookie(long when, Endpoint from, Hello hello) {
        byte[] place = ByteBuffer.allocate(3 * Long.BYTES + Short.BYTES)
                .putLong(when)
                .putLong(from.high())
                .putLong(from.low())
                .putShort((short) from.port())
                .array();
        byte[] code = suite.mac(when == epoch ? current : previous, place, hello.core());
        byte[] cookie = new byte[BYTES];
        cookie[0] = (byte) when;
        System.arraycopy(code, 0, cookie, 1, BYTES - 1);
        return cookie;
    }

    private void turn(long now) {
        long epochNow = epoch(now);
        if (epochNow != epoch) {
            // After a silence it is older than that; the epoch in each cookie tells.
            previous = current;
            current = secret();
            epoch = epochNow;
        }
    }

    private byte[] secret() {
        byte[] secret = new byte[Suite.HASH_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    private static long epoch(long now) {
        return Math.floorDiv(now, EPOCH_NANOS);
    }
}
