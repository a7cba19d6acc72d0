// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import java.io.IOException;

/** Hands what the core sends to the socket. */
final class DatagramOutbox implements Outbox {
    private final UdpSocket socket;
    private final PathTable paths;
    private final DriverHost host;

    /** The core writes here; a claim never outlives the call, so one array serves all. */
    private final byte[] scratch = new byte[Wire.MAX_RECEIVED_BYTES];

    private long now;
    private int claimedPath = PathTable.NONE;
    private long queueFull;
    private long errors;

    DatagramOutbox(UdpSocket socket, PathTable paths, DriverHost host) {
        this.socket = socket;
        this.paths = paths;
        this.host = host;
    }

    /** The time of the input that is being handled. */
    void at(long nanos) {
        now = nanos;
    }

    @Override
    public int path(Endpoint address) {
        return paths.of(now, address);
    }

    @Override
    public Endpoint address(int path) {
        return paths.endpoint(path);
    }

    @Override
    public boolean claim(int path, int bytes) {
        claimedPath = PathTable.NONE;
        if (bytes > scratch.length) {
            throw new IllegalArgumentException(
                    "a datagram has at most " + scratch.length + " bytes, not " + bytes);
        }
        if (!paths.holds(path)) {
            return false;
        }
        claimedPath = path;
        return true;
    }

    @Override
    public byte[] buffer() {
        return scratch;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public void commit(int bytes) {
        if (claimedPath == PathTable.NONE) {
            throw new IllegalStateException("nothing is claimed");
        }
        try {
            if (!socket.send(scratch, bytes, paths.address(claimedPath))) {
                queueFull++;
            }
        } catch (IOException refused) {
            errors++; // this datagram is lost; the next one may not be
        }
        paths.touch(now, claimedPath);
        claimedPath = PathTable.NONE;
    }

    @Override
    public void play(int stream, Playout item) {
        host.onPlayout(stream, item);
    }

    /** Datagrams that found the socket's queue full. */
    long queueFull() {
        return queueFull;
    }

    /** Datagrams that the system refused to send. */
    long errors() {
        return errors;
    }
}
