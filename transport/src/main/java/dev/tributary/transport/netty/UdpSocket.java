// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;

/** One bound UDP socket on an event loop of its own; it reads nothing until it is told to. */
record UdpSocket(EventLoopGroup group, Channel channel) {
    /** Asked for; the system may grant less. At 5 Mbit/s this is more than a second. */
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    /** Holds the largest datagram of ours with room to see that one is larger. */
    private static final int RECEIVE_BYTES = 2_048;

    /** Then deadlines have their turn. */
    private static final int DATAGRAMS_A_WAKE_UP = 64;

    private static final WriteBufferWaterMark SEND_QUEUE =
            new WriteBufferWaterMark(128 << 10, 512 << 10);

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for an unused loop
    static UdpSocket bind(InetSocketAddress listen) throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("tributary", true), NioIoHandler.newFactory());
        ChannelFuture bound = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RECEIVE_BYTES)
                                .maxMessagesPerRead(DATAGRAMS_A_WAKE_UP))
                .handler(new ChannelInboundHandlerAdapter())
                .bind(listen)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw explained(listen, bound.cause());
        }
        return new UdpSocket(group, bound.channel());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    private static BindException explained(InetSocketAddress listen, Throwable cause) {
        String where = listen.getAddress().getHostAddress() + ":" + listen.getPort();
        String reason = String.valueOf(cause.getMessage());
        String message;
        if (reason.contains("in use")) {
            message =
                    "UDP " + where + " is in use by another program: choose another port, or port 0"
                            + " for any free one";
        } else if (reason.contains("assign")) {
            message =
                    "UDP " + where + " cannot be bound, since it is no address of this machine: use"
                            + " one that is, or 0.0.0.0 for all";
        } else if (cause instanceof SocketException && reason.contains("ermission")) {
            message = "UDP " + where
                    + " needs rights that this program lacks: choose a port above 1023";
        } else {
            message = "UDP " + where + " cannot be bound (" + reason + "): choose another address";
        }
        BindException explained = new BindException(message);
        explained.initCause(cause);
        return explained;
    }
}
