// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.StreamKey;
import dev.tributary.transport.core.StreamSpec;
import dev.tributary.transport.wire.Bytes32;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * All that a newcomer needs to take part in a stream, as one URI:
 * {@code tributary://KEY/NAME?k=8&n=32&symbol=1152&rate=2000000&delay=2000&at=HOST:PORT&at=...},
 * with {@code closed=1} where the stream takes a ticket, and {@code encrypted=1} where playing it
 * takes content keys.
 *
 * @param key the broadcaster's Ed25519 public key (in the URI: base 32 of RFC 4648, no padding)
 * @param name the stream's name
 * @param k symbols that rebuild a block
 * @param n distinct symbols of a block
 * @param symbolBytes largest symbol
 * @param bitsPerSecond the stream's peak rate over one second
 * @param delayMillis how far behind the source every viewer plays
 * @param closed whether only nodes with a ticket may take part
 * @param encrypted whether only viewers with content keys can play it
 * @param entries nodes to start from, the source or any member; names may be unresolved
 */
public record StreamLink(
        Bytes32 key,
        String name,
        int k,
        int n,
        int symbolBytes,
        long bitsPerSecond,
        long delayMillis,
        boolean closed,
        boolean encrypted,
        List<InetSocketAddress> entries) {
    /** More would make a link that no chat window keeps whole. */
    public static final int MAX_ENTRIES = 16;

    public StreamLink {
        entries = List.copyOf(entries);
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "a stream link names 1 to " + MAX_ENTRIES + " entries, not " + entries.size());
        }
        new StreamSpec(
                key,
                key,
                k,
                n,
                symbolBytes,
                bitsPerSecond,
                delayMillis * 1_000_000,
                closed,
                encrypted);
    }

    /**
     * Reads a link.
     *
     * @throws IllegalArgumentException if it is not one; the message says what is wrong
     */
    public static StreamLink parse(String text) {
        return LinkText.parse(text);
    }

    /** The stream's identity, by which a ticket names it. */
    Bytes32 id() {
        return StreamKey.streamId(key, name);
    }

    /** The stream as the protocol knows it, played {@code delay} behind the source. */
    StreamSpec spec(Duration delay) {
        return new StreamSpec(
                id(), key, k, n, symbolBytes, bitsPerSecond, delay.toNanos(), closed, encrypted);
    }

    /** The URI. */
    @Override
    public String toString() {
        return LinkText.print(this);
    }
}
