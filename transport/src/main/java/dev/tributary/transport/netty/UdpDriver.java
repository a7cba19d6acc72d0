// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import io.netty.channel.EventLoop;
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
 * <p>A wake-up takes in every datagram that waits (to a bound), then acts on what is due. The core
 * runs on the event loop only.
 */
public final class UdpDriver implements AutoCloseable {
    /** Paths in use or remembered; a swarm's full book is a tenth of it. */
    private static final int PATHS = 4_096;

    /**
     * While datagrams come more often than this they are let gather, and the node's own deadlines
     * with them: a wake-up costs more than all that is done in it.
     */
    private static final long GATHER_NANOS = 18_000_000;

    /** The same while a supplier is asked, in doubt or being replaced. */
    private static final long HURRIED_NANOS = 6_000_000;

    /** The same while the cap holds symbols up: its bucket must not run over. */
    private static final long BACKLOG_NANOS = 10_000_000;

    /** How often they come is seen from so long a time. */
    private static final long RATE_NANOS = 8 * GATHER_NANOS;

    /** Taken in by one wake-up; then deadlines have their turn. */
    private static final int DATAGRAMS_A_WAKE_UP = 64;

    /** A node that leaves is gone after this, whatever its receivers do. */
    private static final long LEAVE_NANOS = 1_000_000_000L;

    /** People set their clocks; tickets have whole seconds. */
    private static final long CLOCK_NANOS = 10_000_000_000L;

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
    private boolean gathering;
    private long gatherUntil;
    private long clockReadAt;
    private long countedFrom;
    private int counted;
    private long oversized;
    private long unpathed;
    private long socketErrors;

    private UdpDriver(UdpSocket socket, DriverHost host) {
        this.socket = socket;
        this.host = host;
        loop = socket.loop();
        outbox = new DatagramOutbox(socket, paths, host);
        timer = new DeadlineTimer(loop, this::wake);
        socket.onReadable(this::wake);
    }

    /**
     * Binds a socket and starts an event loop.
     *
     * @throws java.net.BindException whose message says what to do
     */
    public static UdpDriver open(InetSocketAddress listen, DriverHost host) throws IOException {
        return new UdpDriver(UdpSocket.bind(listen), host);
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
                Node core = maker.get();
                tellTime(System.nanoTime(), core);
                node = core;
                socket.await();
            }
            return null;
        });
    }

    private void tellTime(long now, Node core) {
        clockReadAt = now;
        core.timeOfDay(now, System.currentTimeMillis());
    }

    /** Runs a command after those before it; it fails with IllegalStateException after close. */
    public <T> CompletableFuture<T> call(Command<T> command) {
        return onLoop(() -> {
            T result = run(command);
            act();
            rest();
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
        return new DriverCounts(
                oversized, unpathed, socketErrors + outbox.errors(), outbox.queueFull());
    }

    /** Closes the socket and ends the loop. */
    @Override
    public void close() {
        socket.close();
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

    /** Takes in what has come, acts on what is due, and says when to wake up again. */
    private void wake() {
        int taken = takeIn();
        counted += taken;
        long now = System.nanoTime();
        if (now - countedFrom >= RATE_NANOS) {
            gathering = counted > (now - countedFrom) / GATHER_NANOS;
            countedFrom = now;
            counted = 0;
        }
        act();
        boolean gather = gathering && taken < DATAGRAMS_A_WAKE_UP;
        gatherUntil = gather && node != null ? now + patience(node) : now;
        rest();
    }

    private static long patience(Node core) {
        if (core.hurried()) {
            return HURRIED_NANOS;
        }
        return core.backlogged() ? BACKLOG_NANOS : GATHER_NANOS;
    }

    private int takeIn() {
        for (int taken = 0; taken < DATAGRAMS_A_WAKE_UP; taken++) {
            try {
                InetSocketAddress sender = socket.receive();
                if (sender == null) {
                    return taken;
                }
                onDatagram(sender);
            } catch (IOException refused) {
                socketErrors++;
                return taken;
            }
        }
        return DATAGRAMS_A_WAKE_UP;
    }

    private void onDatagram(InetSocketAddress sender) {
        Node core = node;
        int length = socket.length();
        if (core == null || bug != null) {
            return;
        }
        if (length > received.length) {
            oversized++;
            return;
        }
        long now = System.nanoTime();
        int path = paths.ofSender(now, sender);
        if (path == PathTable.NONE) {
            unpathed++;
            return;
        }
        socket.copyTo(received);
        outbox.at(now);
        try {
            deadline = core.onDatagram(now, path, reader.reset(received, 0, length), outbox);
        } catch (RuntimeException | Error broken) {
            fail(core, broken);
        }
    }

    /** Does what is due. */
    private void act() {
        Node core = node;
        long now = System.nanoTime();
        if (core == null || bug != null || Math.min(deadline, leaveBy) > now) {
            return;
        }
        outbox.at(now);
        if (now - clockReadAt > CLOCK_NANOS) {
            tellTime(now, core);
        }
        try {
            deadline = core.onDeadline(now, outbox);
        } catch (RuntimeException | Error broken) {
            fail(core, broken);
            return;
        }
        host.onTick(now);
        checkLeft(now, core);
    }

    /** The end of a wake-up: sets the next one. */
    private void rest() {
        if (node == null || bug != null) {
            return;
        }
        long now = System.nanoTime();
        if (gatherUntil > now) {
            socket.gather();
            timer.arm(now, gatherUntil);
        } else {
            socket.await();
            timer.arm(now, Math.min(deadline, leaveBy));
        }
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
}
