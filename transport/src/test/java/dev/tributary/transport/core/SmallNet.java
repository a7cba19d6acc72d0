// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.sim.PlainSuite;
import dev.tributary.transport.trust.ContentKeys;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.trust.Ticket;
import dev.tributary.transport.trust.TicketTerms;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A few nodes in virtual time on links of one delay, with loss where a test wants it. The simulator
 * asks how a swarm fares; this asks what one node says.
 */
final class SmallNet {
    static final long MILLIS = 1_000_000;
    static final long SECOND = 1_000 * MILLIS;

    /** No driver's timer is finer. */
    private static final long TIMER_NANOS = 100_000;

    private static final int FIRST_ADDRESS = 0x0A000001;
    private static final long TICK = 10 * MILLIS;

    /** Which datagrams are lost. */
    interface Loss {
        boolean takes(int from, int to, byte[] datagram);
    }

    private record Flight(long at, long order, int from, int to, byte[] datagram) {}

    final SplittableRandom random;
    private static final StreamKey KEY = StreamKey.of(new byte[32]);

    final StreamKey key = KEY;
    final StreamSpec spec;
    long delayNanos = 5 * MILLIS;
    long epochMillis;
    /** The time of day when the net's clock shows 0. */
    static final long UNIX_SECONDS = 1_700_000_000;

    /** What the holder of a key comes with to a closed stream; null for nothing. */
    Function<Bytes32, @Nullable Ticket> tickets =
            holder -> ticket(holder, UNIX_SECONDS, UNIX_SECONDS + 1_000_000);

    /** Which content keys come with a ticket. */
    Function<TicketTerms, @Nullable ContentKeys> keys = terms -> null;

    Loss loss = (from, to, datagram) -> false;
    private final long seed;
    private final List<Station> stations = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private final PriorityQueue<Flight> flights = new PriorityQueue<>(SmallNet::byTime);
    private byte[] published = new byte[1 << 16];
    private int publishedBytes;
    private long order;
    private long now = SECOND;

    SmallNet(long seed, int k, long bitsPerSecond, long targetDelayNanos) {
        this(seed, k, 1_152, bitsPerSecond, targetDelayNanos);
    }

    SmallNet(long seed, int k, int symbolBytes, long bitsPerSecond, long targetDelayNanos) {
        this(seed, spec(k, symbolBytes, bitsPerSecond, targetDelayNanos));
    }

    private SmallNet(long seed, StreamSpec spec) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        this.spec = spec;
    }

    private static StreamSpec spec(int k, int symbolBytes, long bitsPerSecond, long delayNanos) {
        return new StreamSpec(
                StreamKey.streamId(KEY.publicKey(), "small"),
                KEY.publicKey(),
                k,
                Math.min(255, 3 * k),
                symbolBytes,
                bitsPerSecond,
                delayNanos,
                false,
                false);
    }

    /** A ticket of the broadcaster to watch and to relay. */
    Ticket ticket(Bytes32 holder, long from, long end) {
        return key.ticket(new TicketTerms(spec.id(), holder, true, true, from, end - from));
    }

    /** The time of day, where this net is. */
    long unixSeconds() {
        return UNIX_SECONDS + now / SECOND;
    }

    private Entrance entrance(Station station, Station... entries) {
        Ticket ticket = tickets.apply(station.node.key().publicKey());
        boolean open = !spec.closed() && !spec.encrypted();
        Pass pass = open || ticket == null ? null : new Pass(ticket, keys.apply(ticket.terms()));
        return new Entrance(endpoints(entries), pass);
    }

    /** What somebody with another link, or another wish, takes the stream for. */
    StreamSpec spec(Bytes32 id, long delayNanos) {
        return new StreamSpec(
                id,
                spec.key(),
                spec.k(),
                spec.n(),
                spec.symbolBytes(),
                spec.bitsPerSecond(),
                delayNanos,
                spec.closed(),
                spec.encrypted());
    }

    /** K = 4 at 1 Mbit/s, two seconds behind. */
    static SmallNet usual(long seed) {
        return new SmallNet(seed, 4, 1_000_000, 2 * SECOND);
    }

    /** The same for those only who have a ticket. */
    static SmallNet closed(long seed) {
        return usual(seed, true, false);
    }

    /** The same, closed or not, for those only who have content keys. */
    static SmallNet encrypted(long seed, boolean closed) {
        return usual(seed, closed, true);
    }

    private static SmallNet usual(long seed, boolean closed, boolean encrypted) {
        StreamSpec spec = spec(4, 1_152, 1_000_000, 2 * SECOND);
        return new SmallNet(seed, as(spec, closed, encrypted));
    }

    private static StreamSpec as(StreamSpec s, boolean closed, boolean encrypted) {
        return new StreamSpec(
                s.id(),
                s.key(),
                s.k(),
                s.n(),
                s.symbolBytes(),
                s.bitsPerSecond(),
                s.delayNanos(),
                closed,
                encrypted);
    }

    /** What a link makes of the stream that hides that it is closed or encrypted. */
    StreamSpec asOpen() {
        return as(spec, false, false);
    }

    private static int byTime(Flight a, Flight b) {
        int byTime = Long.compare(a.at, b.at);
        return byTime != 0 ? byTime : Long.compare(a.order, b.order);
    }

    long now() {
        return now;
    }

    static Endpoint endpoint(int path) {
        return Endpoint.ipv4(FIRST_ADDRESS + path, 4_000);
    }

    static int path(Endpoint endpoint) {
        return (int) endpoint.low() - FIRST_ADDRESS;
    }

    /** So many streams at once as an upload cap. */
    long streams(double times) {
        return (long) (times * spec.bitsPerSecond());
    }

    Station source(double uploadStreams) {
        Station station = station(uploadStreams);
        station.stream =
                station.node.publish(station.local(now), spec, new Origin(key, epochMillis, 1));
        station.start();
        return station;
    }

    Station viewer(double uploadStreams, Station... entries) {
        return viewer(spec, uploadStreams, entries);
    }

    /** So many viewers that start together. */
    List<Station> viewers(int count, double uploadStreams, Station... entries) {
        List<Station> viewers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            viewers.add(viewer(uploadStreams, entries));
        }
        return viewers;
    }

    Station viewer(StreamSpec wanted, double uploadStreams, Station... entries) {
        Station station = station(uploadStreams);
        station.stream = station.node.watch(station.local(now), wanted, entrance(station, entries));
        station.start();
        return station;
    }

    Station relay(double uploadStreams, Station... entries) {
        Station station = station(uploadStreams);
        station.stream = station.node.relay(station.local(now), spec, entrance(station, entries));
        station.start();
        return station;
    }

    private static List<Endpoint> endpoints(Station... entries) {
        return Arrays.stream(entries).map(entry -> endpoint(entry.index)).toList();
    }

    private Station station(double uploadStreams) {
        int index = stations.size();
        NodeSettings settings = new NodeSettings(streams(uploadStreams));
        SplittableRandom dice = new SplittableRandom(seed * 31 + index);
        Node node = new Node(settings, NodeKey.fresh(PlainSuite.INSTANCE, dice), dice);
        Station station = new Station(this, index, node);
        stations.add(station);
        station.tellTime(0);
        return station;
    }

    /** Somebody who speaks the protocol by hand. */
    Stranger stranger() {
        Stranger stranger = new Stranger(this, 10_000 + strangers.size());
        strangers.add(stranger);
        return stranger;
    }

    void send(int from, int to, byte[] datagram) {
        if (datagram.length > Wire.MAX_RECEIVED_BYTES) {
            throw new IllegalStateException("a datagram of " + datagram.length + " bytes");
        }
        if (!loss.takes(from, to, datagram)) {
            flights.add(new Flight(now + delayNanos, order++, from, to, datagram));
        }
    }

    /** Lets so much time pass without any input at the source. */
    void run(long nanos) {
        long end = now + nanos;
        while (true) {
            Flight flight = flights.peek();
            long next = flight == null ? Long.MAX_VALUE : flight.at;
            Station due = null;
            for (Station station : stations) {
                if (station.dueAt() < next) {
                    next = station.dueAt();
                    due = station;
                }
            }
            if (next > end) {
                break;
            }
            now = Math.max(now, next);
            if (due != null) {
                due.onDeadline();
            } else {
                deliver(flights.remove());
            }
        }
        now = end;
    }

    private void deliver(Flight flight) {
        if (flight.to >= 10_000) {
            if (flight.to - 10_000 < strangers.size()) {
                strangers.get(flight.to - 10_000).onDatagram(flight.datagram);
            }
        } else if (flight.to >= 0 && flight.to < stations.size()) {
            Station station = stations.get(flight.to);
            if (station.stalledUntil > now) {
                flights.add(new Flight(
                        station.stalledUntil, order++, flight.from, flight.to, flight.datagram));
            } else {
                station.onDatagram(flight.from, flight.datagram);
            }
        }
    }

    /** The earliest time at which a node that asked for it at once is called again. */
    long timer(long wanted) {
        return Math.max(wanted, now + TIMER_NANOS);
    }

    /** Streams random bytes at 95 % of the declared rate. */
    void stream(Station source, long nanos) {
        int bytes = (int) (spec.bitsPerSecond() * 0.95 / 8 * TICK / SECOND);
        for (long passed = 0; passed < nanos; passed += TICK) {
            publish(source, bytes);
            run(TICK);
        }
    }

    /** Writes so many random bytes at the source. */
    void publish(Station source, int bytes) {
        while (publishedBytes + bytes > published.length) {
            published = Arrays.copyOf(published, 2 * published.length);
        }
        byte[] chunk = new byte[bytes];
        random.nextBytes(chunk);
        System.arraycopy(chunk, 0, published, publishedBytes, bytes);
        publishedBytes += bytes;
        source.write(chunk);
    }

    /** Ends the stream and lets everybody play what is left. */
    void finish(Station source) {
        source.end();
        run(spec.delayNanos() + 2 * SECOND);
    }

    /** Streams for so long, ends the stream, and finds that each of these has played it all. */
    void assertAllPlayToTheEnd(Station source, long nanos, List<Station> viewers) {
        stream(source, nanos);
        finish(source);
        viewers.forEach(Station::assertPlayedAll);
    }

    /** What the source took in, from a block on that only full blocks precede. */
    byte[] publishedFrom(long block) {
        return Arrays.copyOfRange(
                published, Math.toIntExact(block * spec.blockBytes()), publishedBytes);
    }
}
