// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What is published.
 *
 * @param name the stream's name, 1 to 200 bytes of UTF-8
 * @param k symbols that rebuild a block, 1 to 64
 * @param n distinct symbols of a block, k to 255
 * @param symbolBytes largest symbol, 16 to 1,200 bytes
 * @param bitsPerSecond the stream's peak rate over one second
 * @param delay how far behind the source every viewer plays, 100 ms to 60 s
 * @param alignment blocks are cut only at multiples of this many bytes since the last boundary: 188
 *     for MPEG-TS, 1 for anything else
 * @param advertised addresses that the link names; empty means the bound address, or every local
 *     address where the socket is bound to the wildcard
 * @param closed whether only nodes with a ticket may take part
 * @param encrypted whether only viewers with the content keys of a ticket can play it
 */
public record PublishOptions(
        String name,
        int k,
        int n,
        int symbolBytes,
        long bitsPerSecond,
        Duration delay,
        int alignment,
        List<InetSocketAddress> advertised,
        boolean closed,
        boolean encrypted) {
    /** The length of one MPEG-TS packet, ISO/IEC 13818-1. */
    public static final int MPEG_TS_PACKET_BYTES = 188;

    static final int MAX_NAME_BYTES = 200;

    public PublishOptions {
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes < 1 || nameBytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a stream's name has 1 to " + MAX_NAME_BYTES
                    + " bytes of UTF-8, not " + nameBytes);
        }
        if (alignment < 1 || alignment > (long) k * symbolBytes) {
            throw new IllegalArgumentException("alignment must be 1 to K x symbol bytes ("
                    + (long) k * symbolBytes + "), not " + alignment);
        }
        advertised = List.copyOf(advertised);
    }

    /** A stream with the usual code (8 of 32, symbols of 1,152 bytes) and delay (2 s). */
    public static PublishOptions of(String name, long bitsPerSecond) {
        return new PublishOptions(
                name,
                8,
                32,
                1_152,
                bitsPerSecond,
                Duration.ofSeconds(2),
                1,
                List.of(),
                false,
                false);
    }

    /** The same for holders of tickets only. */
    public PublishOptions asClosed() {
        return new PublishOptions(
                name,
                k,
                n,
                symbolBytes,
                bitsPerSecond,
                delay,
                alignment,
                advertised,
                true,
                encrypted);
    }

    /** The same for viewers with content keys only; anybody may carry it unless it is closed. */
    public PublishOptions asEncrypted() {
        return new PublishOptions(
                name, k, n, symbolBytes, bitsPerSecond, delay, alignment, advertised, closed, true);
    }
}
