// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One bound UDP socket on an event loop of its own, read and written without Netty's pipeline: at
 * some hundred datagrams a second most of a node's processor time goes into code that is not in the
 * cache, so the way of a datagram is kept short. For its event loop only, but for bind and close.
 */
final class UdpSocket {
    /** Asked for; the system may grant less. At 5 Mbit/s this is more than a second. */
    private static final int SOCKET_BUFFER_BYTES = 2 << 20;

    /** Holds the largest datagram of ours with room to see that one is larger. */
    private static final int DATAGRAM_BYTES = 2_048;

    private final DatagramChannel channel;
    private final InetSocketAddress address;
    private final EventLoopGroup group;
    private final IoEventLoop loop;
    private final IoRegistration registration;
    private final ByteBuffer in = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private Runnable onReadable = () -> {};
    private boolean awaiting;

    private UdpSocket(DatagramChannel channel) throws IOException {
        this.channel = channel;
        address = (InetSocketAddress) channel.getLocalAddress();
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("tributary", true), NioIoHandler.newFactory());
        loop = (IoEventLoop) group.next();
        registration =
                loop.register(new Readiness(channel)).syncUninterruptibly().getNow();
    }

    /**
     * Binds a socket and starts its loop.
     *
     * @throws BindException whose message says what to do
     */
    static UdpSocket bind(InetSocketAddress listen) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(listen);
            return new UdpSocket(channel);
        } catch (IOException refused) {
            channel.close();
            throw explained(listen, refused);
        }
    }

    InetSocketAddress address() {
        return address;
    }

    IoEventLoop loop() {
        return loop;
    }

    /** What to do when a datagram waits, between {@link #await} and {@link #gather}. */
    void onReadable(Runnable task) {
        onReadable = task;
    }

    /** Wakes the loop up whenever a datagram waits. */
    void await() {
        if (!awaiting) {
            awaiting = true;
            registration.submit(NioIoOps.READ);
        }
    }

    /** Lets datagrams wait in the socket until they are received. */
    void gather() {
        if (awaiting) {
            awaiting = false;
            registration.submit(NioIoOps.NONE);
        }
    }

    /**
     * Takes a datagram out of the socket; {@link #length} and {@link #copyTo} are about it.
     *
     * @return its sender, null if none waits
     */
    @Nullable
    InetSocketAddress receive() throws IOException {
        in.clear();
        InetSocketAddress sender = (InetSocketAddress) channel.receive(in);
        in.flip();
        return sender;
    }

    int length() {
        return in.remaining();
    }

    void copyTo(byte[] target) {
        in.get(0, target, 0, in.remaining());
    }

    /** Sends a datagram; false when the socket's queue is full. */
    boolean send(byte[] bytes, int length, InetSocketAddress to) throws IOException {
        out.clear();
        out.put(bytes, 0, length).flip();
        return channel.send(out, to) > 0;
    }

    /** Closes the socket with its loop; waits for both, unless called on the loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // the loop closes the socket as its last act
    void close() {
        var stopped = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (!loop.inEventLoop()) {
            stopped.awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    /** What the loop's selector calls. */
    private final class Readiness extends NioSelectableChannelIoHandle<DatagramChannel> {
        Readiness(DatagramChannel channel) {
            super(channel);
        }

        @Override
        protected void handle(DatagramChannel readable, SelectionKey key) {
            onReadable.run();
        }

        @Override
        public void close() throws IOException {
            selectableChannel().close();
        }
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
