// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one node's core with a UDP socket, an event loop and the system's monotonic clock.
 *
 * <p>A wake-up takes in every datagram that waits (to a bound), then acts on what is due, then
 * flushes once. The core runs on the event loop only.
 */
public final class UdpDriver implements AutoCloseable {
    /** Paths in use or remembered; a swarm's full book is a tenth of it. */
    private static final int PATHS = 4_096;

    /**
     * After a wake-up with few datagrams the next ones are let come together for so long: at some
     * hundred datagrams a second a wake-up costs more than all that is done in it.
     */
    private static final long GATHER_NANOS = 12_000_000;

    /** While datagrams gather, deadlines wake the loop no sooner than this after the last time. */
    private static final long APART_NANOS = 6_000_000;

    /** A wake-up that found so many datagrams reads on at once. */
    private static final int MANY = 16;

    /** A node that leaves is gone after this, whatever its receivers do. */
    private static final long LEAVE_NANOS = 1_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(UdpDriver.class);

    /** Something done to the core on its event loop. */
    public interface Command<T> {
        T run(long now, Node node, Outbox out);
    }

    private final UdpSocket socket;
    private final EventLoop loop;
    private final DriverHost host;
    private final PathTable paths = new PathTable(PATHS);
    private final DatagramOutbox outbox;
    private final DeadlineTimer timer;
    private final byte[] received = new byte[Wire.MAX_RECEIVED_BYTES];
    private final WireReader reader = new WireReader();
    private @Nullable Node node;
    private @Nullable Throwable bug;
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private boolean leaving;
    private long leaveBy = Long.MAX_VALUE;
    private long deadline = Long.MAX_VALUE;
    private long readAt = Long.MAX_VALUE;
    private int gathered;
    private long oversized;
    private long unpathed;
    private long socketErrors;

    private UdpDriver(UdpSocket socket, DriverHost host) {
        this.socket = socket;
        this.host = host;
        loop = socket.channel().eventLoop();
        outbox = new DatagramOutbox(socket.channel(), paths, host);
        timer = new DeadlineTimer(loop, this::onTimer);
    }

    /**
     * Binds a socket and starts an event loop.
     *
     * @throws java.net.BindException whose message says what to do
     */
    public static UdpDriver open(InetSocketAddress listen, DriverHost host) throws IOException {
        UdpSocket socket = UdpSocket.bind(listen);
        UdpDriver driver = new UdpDriver(socket, host);
        socket.channel().pipeline().addLast(driver.new Receiver());
        return driver;
    }

    public InetSocketAddress address() {
        return socket.address();
    }

    /** Whether the caller is on the event loop, where nothing may wait for it. */
    public boolean onLoop() {
        return loop.inEventLoop();
    }

    /** Makes the core unless there is one, and begins to read. */
    public CompletableFuture<Void> start(Supplier<Node> maker) {
        return onLoop(() -> {
            if (node == null) {
                node = maker.get();
                socket.channel().config().setAutoRead(true);
            }
            return null;
        });
    }

    /** Runs a command after those before it; it fails with IllegalStateException after close. */
    public <T> CompletableFuture<T> call(Command<T> command) {
        return onLoop(() -> {
            T result = run(command);
            settle();
            return result;
        });
    }

    /** Runs something on the event loop after a while, unless the driver is closed by then. */
    @SuppressWarnings("FutureReturnValueIgnored") // a closed driver runs nothing
    public void after(long delayNanos, Runnable task) {
        loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Hands receivers over; completes when they have moved, at the latest after a second. */
    public CompletableFuture<Void> leave() {
        return call((now, core, out) -> {
                    if (!leaving) {
                        leaving = true;
                        leaveBy = now + LEAVE_NANOS;
                        deadline = core.leave(now, out);
                    }
                    return true;
                })
                .thenCompose(begun -> left);
    }

    /** What the socket side has counted; on the event loop only. */
    public DriverCounts counts() {
        return new DriverCounts(oversized, unpathed, socketErrors, outbox.queueFull());
    }

    /** Closes the socket and the loop; what has been sent is flushed, what waits is dropped. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing a socket cannot fail
    public void close() {
        socket.channel().close();
        var stopped = socket.group().shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (!onLoop()) {
            stopped.awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    private <T> CompletableFuture<T> onLoop(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            loop.execute(() -> {
                try {
                    result.complete(task.get());
                } catch (RuntimeException | Error problem) {
                    result.completeExceptionally(problem);
                }
            });
        } catch (RejectedExecutionException closed) {
            result.completeExceptionally(new IllegalStateException("the node is closed", closed));
        }
        return result;
    }

    private <T> T run(Command<T> command) {
        Node core = node;
        if (core == null || bug != null) {
            throw new IllegalStateException("the node has failed or has not begun", bug);
        }
        long now = System.nanoTime();
        outbox.at(now);
        try {
            T result = command.run(now, core, outbox);
            deadline = now;
            return result;
        } catch (IllegalArgumentException callersMistake) {
            throw callersMistake;
        } catch (RuntimeException | Error broken) {
            fail(core, broken);
            throw broken;
        }
    }

    private void onDatagram(DatagramPacket packet) {
        Node core = node;
        ByteBuf content = packet.content();
        int length = content.readableBytes();
        if (core == null || bug != null) {
            return;
        }
        if (length > received.length) {
            oversized++;
            return;
        }
        long now = System.nanoTime();
        int path = paths.ofSender(now, packet.sender());
        if (path == PathTable.NONE) {
            unpathed++;
            return;
        }
        content.readBytes(received, 0, length);
        outbox.at(now);
        try {
            deadline = core.onDatagram(now, path, reader.reset(received, 0, length), outbox);
        } catch (RuntimeException | Error broken) {
            fail(core, broken);
        }
    }

    /** The end of a wake-up: acts on what is due, flushes, and sets the timer. */
    private void settle() {
        Node core = node;
        if (core == null || bug != null) {
            return;
        }
        long now = System.nanoTime();
        if (deadline <= now || leaveBy <= now) {
            outbox.at(now);
            try {
                deadline = core.onDeadline(now, outbox);
            } catch (RuntimeException | Error broken) {
                fail(core, broken);
                return;
            }
            host.onTick(now);
        }
        outbox.flush();
        checkLeft(now, core);
        // What falls due just before the next gathered read waits for it: one wake-up for both.
        long due = Math.min(deadline, leaveBy);
        boolean gathering = readAt != Long.MAX_VALUE;
        timer.arm(now, gathering ? Math.min(readAt, Math.max(due, now + APART_NANOS)) : due);
    }

    /** A timer fired: whatever has come meanwhile is taken in by the same wake-up. */
    private void onTimer() {
        if (readAt != Long.MAX_VALUE) {
            readAt = Long.MAX_VALUE;
            socket.channel().config().setAutoRead(true);
        }
        settle();
    }

    private void checkLeft(long now, Node core) {
        if (leaving && (now >= leaveBy || core.left())) {
            leaveBy = Long.MAX_VALUE;
            left.complete(null);
        }
    }

    /** Our bug: the core cannot be trusted any more, so nothing goes in or out from here on. */
    private void fail(Node core, Throwable broken) {
        if (bug == null) {
            bug = broken;
            timer.cancel();
            left.complete(null);
            LOG.error("node {} failed; its last events: {}", address(), record(core), broken);
            host.onFailure(broken);
        }
    }

    private static String record(Node core) {
        try {
            return String.join(System.lineSeparator(), core.flightRecord());
        } catch (RuntimeException alsoBroken) {
            return "not readable: " + alsoBroken;
        }
    }

    /** What the channel says; the errors it reports are of single datagrams. */
    private final class Receiver extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            gathered++;
            try {
                onDatagram((DatagramPacket) message);
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (gathered < MANY) {
                readAt = System.nanoTime() + GATHER_NANOS;
                socket.channel().config().setAutoRead(false);
            }
            gathered = 0;
            settle();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A write's void promise reports here too; one datagram failed, the next may not.
            socketErrors++;
        }
    }
}
