// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;

/** Collects what the core sends during one wake-up, and hands it to the socket with one flush. */
final class DatagramOutbox implements Outbox {
    /** So many wait for the flush at most, so that a long wake-up still paces. */
    private static final int FLUSH_AT = 64;

    private final Channel channel;
    private final PathTable paths;
    private final ChannelPromise noPromise;
    private final DriverHost host;

    /** The core writes here; a claim never outlives the call, so one array serves all. */
    private final byte[] scratch = new byte[Wire.MAX_RECEIVED_BYTES];

    private long now;
    private int claimedPath = PathTable.NONE;
    private int unflushed;
    private long queueFull;

    DatagramOutbox(Channel channel, PathTable paths, DriverHost host) {
        this.channel = channel;
        this.paths = paths;
        this.host = host;
        noPromise = channel.voidPromise();
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
        if (!channel.isWritable()) {
            queueFull++;
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
    @SuppressWarnings("FutureReturnValueIgnored") // its void promise reports to the pipeline
    public void commit(int bytes) {
        if (claimedPath == PathTable.NONE) {
            throw new IllegalStateException("nothing is claimed");
        }
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        datagram.writeBytes(scratch, 0, bytes);
        channel.write(new DatagramPacket(datagram, paths.address(claimedPath)), noPromise);
        paths.touch(now, claimedPath);
        claimedPath = PathTable.NONE;
        if (++unflushed >= FLUSH_AT) {
            flush();
        }
    }

    @Override
    public void play(int stream, Playout item) {
        host.onPlayout(stream, item);
    }

    void flush() {
        if (unflushed > 0) {
            unflushed = 0;
            channel.flush();
        }
    }

    long queueFull() {
        return queueFull;
    }
}
