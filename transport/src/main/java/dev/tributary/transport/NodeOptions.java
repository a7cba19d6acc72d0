// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node is opened.
 *
 * @param listen where the UDP socket is bound; port 0 takes any free one
 * @param uploadBitsPerSecond most that is ever sent, headers included; 0 switches upload off
 *     (control messages still go out); {@link #DEFAULT_UPLOAD} fits the first stream
 * @param seed makes the node's random choices, and the key of a stream it publishes, repeatable:
 *     for tests only, since such a key is no secret
 * @param key who the node is, which a ticket to a closed stream names; empty makes a fresh one
 */
public record NodeOptions(
        InetSocketAddress listen,
        long uploadBitsPerSecond,
        OptionalLong seed,
        Optional<SigningKey> key) {
    /** Viewer: K + 2 slots with their overhead; source: 3 x the stream; relay: 5 x the stream. */
    public static final long DEFAULT_UPLOAD = -1;

    public NodeOptions {
        if (uploadBitsPerSecond < DEFAULT_UPLOAD) {
            throw new IllegalArgumentException(
                    "upload in bits per second must be 0 or more, not " + uploadBitsPerSecond);
        }
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException("the host to listen on is not known: "
                    + listen.getHostString() + "; use an address of this machine, or 0.0.0.0");
        }
    }

    /** A node at {@code listen} with the default upload and its own randomness. */
    public static NodeOptions at(InetSocketAddress listen) {
        return new NodeOptions(listen, DEFAULT_UPLOAD, OptionalLong.empty(), Optional.empty());
    }

    public NodeOptions withUpload(long bitsPerSecond) {
        return new NodeOptions(listen, bitsPerSecond, seed, key);
    }

    public NodeOptions withSeed(long value) {
        return new NodeOptions(listen, uploadBitsPerSecond, OptionalLong.of(value), key);
    }

    public NodeOptions withKey(SigningKey who) {
        return new NodeOptions(listen, uploadBitsPerSecond, seed, Optional.of(who));
    }
}
