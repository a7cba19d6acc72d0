// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.Entrance;
import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.NodeSettings;
import dev.tributary.transport.core.Origin;
import dev.tributary.transport.core.StreamKey;
import dev.tributary.transport.core.StreamNode;
import dev.tributary.transport.core.StreamSpec;
import dev.tributary.transport.core.WireRate;
import dev.tributary.transport.netty.UdpDriver;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.TicketRight;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One node: one UDP socket, one event loop, any number of streams. Its methods may be called on any
 * thread but that of a {@link MediaSink}; they wait for the event loop, briefly.
 */
public final class TributaryNode implements AutoCloseable {
    private static final int SOURCE_TIMES = 3;
    private static final int RELAY_TIMES = 5;
    private static final int SPARE_SLOTS = 2;

    private final NodeOptions options;
    private final Playbacks playbacks = new Playbacks();
    private final UdpDriver driver;

    /** Connection ids come from it: not to be guessed unless a seed was asked for. */
    private final RandomGenerator random;

    /** Stream keys come from it, on the caller's thread. */
    private final RandomGenerator keys;

    private volatile boolean started;

    private TributaryNode(NodeOptions options) throws IOException {
        this.options = options;
        if (options.seed().isPresent()) {
            SplittableRandom seeded = new SplittableRandom(options.seed().getAsLong());
            random = seeded;
            keys = seeded.split();
        } else {
            random = new SecureRandom();
            keys = random;
        }
        driver = UdpDriver.open(options.listen(), playbacks);
    }

    /**
     * Binds the socket.
     *
     * @throws java.net.BindException whose message says what to do
     */
    public static TributaryNode open(NodeOptions options) throws IOException {
        return new TributaryNode(options);
    }

    /** The bound address. */
    public InetSocketAddress address() {
        return driver.address();
    }

    /**
     * Begins to broadcast a stream under a fresh key, so that its link ends with it.
     *
     * @throws IllegalArgumentException for a code or rate out of range, or a closed or encrypted
     *     stream, since nobody could sign tickets to it; the message says which
     */
    public Publication publish(PublishOptions stream) {
        if (stream.closed() || stream.encrypted()) {
            throw new IllegalArgumentException("a closed or encrypted stream needs a key that is"
                    + " kept: who has it signs the tickets. Make one, and publish under it");
        }
        byte[] seed = new byte[SigningKey.SEED_BYTES];
        keys.nextBytes(seed);
        return publish(stream, SigningKey.of(seed));
    }

    /**
     * Begins to broadcast a stream under a key that the caller keeps: whatever is published later
     * under the same key, name, code and address is found by the same link.
     *
     * @throws IllegalArgumentException for a code or rate out of range; the message names it
     */
    public Publication publish(PublishOptions stream, SigningKey broadcaster) {
        StreamKey key = broadcaster.streamKey();
        List<InetSocketAddress> entries = stream.advertised().isEmpty()
                ? LocalAddresses.reaching(address())
                : stream.advertised();
        StreamLink link = new StreamLink(
                key.publicKey(),
                stream.name(),
                stream.k(),
                stream.n(),
                stream.symbolBytes(),
                stream.bitsPerSecond(),
                stream.delay().toMillis(),
                stream.closed(),
                stream.encrypted(),
                entries);
        StreamSpec spec = link.spec(stream.delay());
        start(SOURCE_TIMES * spec.bitsPerSecond());
        Origin origin = new Origin(key, System.currentTimeMillis(), stream.alignment());
        return new Publication(
                open(null, (now, node, out) -> node.publish(now, spec, origin)), link);
    }

    /**
     * Begins to watch a stream; the first blocks come within a second or two. Looks host names up,
     * so it may block for as long as the system's resolver does.
     *
     * @param sink gets the media in order, on the event loop
     * @throws StreamException if no host of the link can be found, or the stream is closed to us
     */
    public Viewing watch(StreamLink link, WatchOptions how, MediaSink sink) {
        StreamSpec spec = link.spec(how.delay().orElse(Duration.ofMillis(link.delayMillis())));
        TicketGate gate = new TicketGate(link, spec, options.key(), TicketRight.WATCH);
        Entrance entrance = entrance(link, gate, how.ticket());
        start(WireRate.capForSlots(spec, spec.k() + SPARE_SLOTS));
        return new Viewing(open(sink, (now, node, out) -> node.watch(now, spec, entrance)), gate);
    }

    /**
     * Begins to take a stream only to serve it. Looks host names up, as {@link #watch} does.
     *
     * @param ticket what lets the holder of this node's key into a closed stream
     * @throws StreamException if no host of the link can be found, or the stream is closed to us
     */
    public Relaying relay(StreamLink link, Optional<StreamTicket> ticket) {
        StreamSpec spec = link.spec(Duration.ofMillis(link.delayMillis()));
        TicketGate gate = new TicketGate(link, spec, options.key(), TicketRight.RELAY);
        Entrance entrance = entrance(link, gate, ticket);
        start(RELAY_TIMES * spec.bitsPerSecond());
        return new Relaying(open(null, (now, node, out) -> node.relay(now, spec, entrance)), gate);
    }

    /** The same for a stream that is open to all. */
    public Relaying relay(StreamLink link) {
        return relay(link, Optional.empty());
    }

    private static Entrance entrance(
            StreamLink link, TicketGate gate, Optional<StreamTicket> ticket) {
        Pass pass = gate.pass(ticket, Instant.now().getEpochSecond());
        return new Entrance(Entries.of(link), pass);
    }

    /** Hands receivers over to others; completes when they have moved, at the latest in 1 s. */
    public CompletionStage<Void> leave() {
        return driver.leave().exceptionally(nothingToLeave -> null).minimalCompletionStage();
    }

    /** Closes socket and event loop at once; {@link #leave} first for good order. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it may be closed already
    public void close() {
        driver.call((now, node, out) -> {
            playbacks.fail(new StreamException("the node was closed before the stream ended"));
            return true;
        });
        driver.close();
    }

    /** The id by which others know this node; 0 before its first stream. */
    public long nodeId() {
        return started ? StreamHandle.await(driver.call((now, node, out) -> node.id())) : 0;
    }

    /** The latest protocol events, one a line, oldest first. */
    public String flightRecord() {
        if (!started) {
            return "";
        }
        return StreamHandle.await(
                driver.call((now, node, out) -> String.join("\n", node.flightRecord())));
    }

    /** The core needs its cap from the start, and the usual one depends on the first stream. */
    private void start(long usualBitsPerSecond) {
        long wanted = options.uploadBitsPerSecond();
        long cap = wanted == NodeOptions.DEFAULT_UPLOAD ? usualBitsPerSecond : wanted;
        StreamHandle.await(driver.start(() -> new Node(new NodeSettings(cap), key(), random)));
        started = true;
        KernelSelection.OF_THIS_JVM.begin();
    }

    private NodeKey key() {
        return options.key()
                .map(SigningKey::nodeKey)
                .orElseGet(() -> NodeKey.fresh(StrongSuite.INSTANCE, random));
    }

    private StreamHandle open(@Nullable MediaSink sink, UdpDriver.Command<StreamNode> command) {
        CompletableFuture<Playback> opened = driver.call((now, node, out) -> {
            Playback playback = new Playback(command.run(now, node, out), sink);
            playbacks.add(playback);
            return playback;
        });
        return new StreamHandle(driver, StreamHandle.await(opened));
    }
}
