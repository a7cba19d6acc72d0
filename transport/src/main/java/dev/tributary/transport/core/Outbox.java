// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Endpoint;

/**
 * The only way out of a node's core: datagrams to paths, and what is played.
 *
 * <p>A datagram is written once, in place: {@link #claim} a room, write from {@link #offset()} of
 * {@link #buffer()}, {@link #commit} the bytes used. A claim that is not committed is void.
 */
public interface Outbox {
    /** The path to an address: a small number, the same for the same address while it is in use. */
    int path(Endpoint address);

    /** The address behind a path, as this side sees it. */
    Endpoint address(int path);

    /**
     * Claims room for one datagram.
     *
     * @return false when the path's bounded queue is full; the datagram is then not sent
     */
    boolean claim(int path, int bytes);

    /** The array the last claim may write to; owned by the outbox. */
    byte[] buffer();

    /** Where in {@link #buffer()} the claimed room starts. */
    int offset();

    /** Sends the first {@code bytes} of the claimed room. */
    void commit(int bytes);

    /** Hands the next thing in play order to the player of a stream. */
    void play(int stream, Playout item);
}
