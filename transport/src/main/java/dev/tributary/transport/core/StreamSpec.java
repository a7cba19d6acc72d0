// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.codec.ErasureCode;
import dev.tributary.transport.wire.Bytes32;

/**
 * What every node must know of a stream before it can take part: it comes with the stream link.
 *
 * @param id identity: a digest of the broadcaster's public key and the stream's name
 * @param key the broadcaster's Ed25519 public key
 * @param k symbols that rebuild a block, 1 to 64
 * @param n distinct symbols of a block, k to 255
 * @param symbolBytes largest symbol, 16 to 1,200 bytes
 * @param bitsPerSecond the stream's declared peak rate over one second
 * @param delayNanos how far behind the source every viewer plays
 * @param closed whether only nodes with a ticket of the broadcaster may take part
 * @param encrypted whether what is carried is not what is played: that takes content keys
 */
public record StreamSpec(
        Bytes32 id,
        Bytes32 key,
        int k,
        int n,
        int symbolBytes,
        long bitsPerSecond,
        long delayNanos,
        boolean closed,
        boolean encrypted) {
    /** A receiver takes K suppliers' worth of links; more than 64 would be control without gain. */
    public static final int MAX_K = 64;

    /** With header, UDP and IPv6 a datagram of this payload fits in 1,280 bytes, and a tag too. */
    public static final int MAX_SYMBOL_BYTES = 1_200;

    public StreamSpec {
        check("K", k, 1, MAX_K);
        check("N", n, k, ErasureCode.MAX_SYMBOLS);
        check("symbol bytes", symbolBytes, 16, MAX_SYMBOL_BYTES);
        check("bits per second", bitsPerSecond, 8_000, 1_000_000_000L);
        check("delay in milliseconds", delayNanos / 1_000_000, 100, 60_000);
    }

    /** Bytes in a full block. */
    public int blockBytes() {
        return k * symbolBytes;
    }

    /** The time a full block takes at the declared rate. */
    public long blockNanos() {
        return blockBytes() * 8L * 1_000_000_000L / bitsPerSecond;
    }

    private static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " must be " + least + " to " + most + ", not " + value);
        }
    }
}
