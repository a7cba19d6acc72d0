// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.seal.Cookies;
import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of one node, sans-IO: single-threaded, without clock, socket or thread. Every input
 * takes {@code now} (nanoseconds of a monotonic clock) and returns the next deadline on that clock,
 * {@code now} at the earliest, {@link Long#MAX_VALUE} for none; the only way out is the {@link
 * Outbox} of the call.
 */
public final class Node {
    /**
     * Connection ids carry the link's place in their low bits, so that a look-up is one array
     * access.
     */
    private static final int PLACE_BITS = 14;

    /** Nothing leaves before the first input has brought an outbox. */
    static final Outbox NOWHERE = new NowhereOutbox();

    private final NodeSettings settings;
    private final RandomGenerator random;
    private final NodeKey key;
    private final Uplink uplink;
    private final FlightRecorder recorder = new FlightRecorder();
    private final List<StreamNode> streams = new ArrayList<>();
    private final List<@Nullable Link> places = new ArrayList<>();
    private final Inbox inbox;
    private long unixAheadMillis;
    private long leaveBy = -1;
    private boolean left;

    /**
     * Makes a node without streams.
     *
     * @param key who it is; its links are made of the key's suite
     * @param random the only source of chance: seeded in simulations, secure in the driver
     */
    public Node(NodeSettings settings, NodeKey key, RandomGenerator random) {
        this.settings = settings;
        this.key = key;
        this.random = random;
        uplink = new Uplink(settings.uploadBitsPerSecond());
        inbox = new Inbox(this, new Cookies(key.suite(), 0, random));
    }

    /**
     * Tells the time of day, for tickets and records. A driver tells it before the first stream,
     * and now and then, since people set their clocks.
     *
     * @param unixMillis milliseconds since 1970 (UTC), as far as this machine knows
     */
    public void timeOfDay(long now, long unixMillis) {
        unixAheadMillis = unixMillis - now / 1_000_000;
    }

    long unixMillis(long now) {
        return now / 1_000_000 + unixAheadMillis;
    }

    /** The id by which other nodes know this one. */
    public long id() {
        return key.id();
    }

    NodeKey key() {
        return key;
    }

    public NodeSettings settings() {
        return settings;
    }

    RandomGenerator random() {
        return random;
    }

    Uplink uplink() {
        return uplink;
    }

    FlightRecorder recorder() {
        return recorder;
    }

    /** The recorder's lines, oldest first. */
    public List<String> flightRecord() {
        return recorder.lines();
    }

    /** Datagrams that belonged to no link, or to no version that we speak. */
    public long strayDatagrams() {
        return inbox.strays();
    }

    /**
     * Becomes the source of a stream.
     */
    public StreamNode publish(long now, StreamSpec spec, Origin origin) {
        recorder.note(now, "publishes");
        return add(spec, Role.SOURCE, new StreamSetup(streams.size(), now, origin, null));
    }

    /** Watches a stream; the entries are greeted at the next deadline, which is now. */
    public StreamNode watch(long now, StreamSpec spec, Entrance entrance) {
        recorder.note(now, "watches");
        return join(now, spec, Role.VIEWER, entrance);
    }

    /** Passes a stream on without playing it. */
    public StreamNode relay(long now, StreamSpec spec, Entrance entrance) {
        recorder.note(now, "relays");
        return join(now, spec, Role.RELAY, entrance);
    }

    private StreamNode join(long now, StreamSpec spec, Role role, Entrance entrance) {
        StreamNode stream =
                add(spec, role, new StreamSetup(streams.size(), now, null, entrance.pass()));
        stream.entry.addresses(entrance.entries());
        return stream;
    }

    private StreamNode add(StreamSpec spec, Role role, StreamSetup setup) {
        StreamNode stream = new StreamNode(this, spec, role, setup);
        streams.add(stream);
        return stream;
    }

    Link newLink(StreamNode stream, int path, Endpoint endpoint) {
        int place = 0;
        while (place < places.size() && places.get(place) != null) {
            place++;
        }
        if (place == places.size()) {
            places.add(null);
        }
        long connection = random.nextLong() << PLACE_BITS | place;
        Link link = new Link(
                stream, path, endpoint, connection == Wire.NO_CONNECTION ? 1L << 63 : connection);
        places.set(place, link);
        return link;
    }

    void forget(Link link) {
        places.set((int) link.localId & (1 << PLACE_BITS) - 1, null);
    }

    @Nullable
    Link link(long connection) {
        int place = (int) connection & (1 << PLACE_BITS) - 1;
        Link link = place < places.size() ? places.get(place) : null;
        return link != null && link.localId == connection ? link : null;
    }

    /**
     * A datagram came in. It is acted on at the deadline that is returned, which is now: a driver
     * takes in what else has come first, so that all of it is acted on at once.
     *
     * @param in at the datagram's first byte; it and its bytes are borrowed for the call
     */
    public long onDatagram(long now, int path, WireReader in, Outbox out) {
        return inbox.onDatagram(now, path, in, out) ? now : deadline(now);
    }

    @Nullable
    StreamNode find(Bytes32 id) {
        for (StreamNode stream : streams) {
            if (!left && stream.spec().id().equals(id)) {
                return stream;
            }
        }
        return null;
    }

    /** The deadline that the last input returned has come. */
    public long onDeadline(long now, Outbox out) {
        return settle(now, out);
    }

    /** After each input: what is due is done, what may go out goes out. */
    long settle(long now, Outbox out) {
        for (StreamNode stream : streams) {
            stream.begin(now, out);
            if (!left && stream.deadline() <= now) {
                stream.onDeadline(now);
            }
        }
        uplink.drain(now);
        if (leaveBy >= 0 && !left && (now >= leaveBy || handedOver())) {
            left = true;
            for (StreamNode stream : streams) {
                stream.suppliers.releaseAll();
                stream.links.leave();
            }
        }
        return deadline(now);
    }

    private long deadline(long now) {
        if (left) {
            return Long.MAX_VALUE;
        }
        long next = uplink.nextAt(now);
        for (StreamNode stream : streams) {
            next = Math.min(next, stream.deadline());
        }
        // What became due while others were served is due now: no driver reckons with the past.
        return Math.max(now, leaveBy >= 0 ? Math.min(next, leaveBy) : next);
    }

    private boolean handedOver() {
        for (StreamNode stream : streams) {
            if (!stream.receivers.all().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Starts to leave: receivers are told whom to ask, and served until they have moved or 1 s is
     * over.
     */
    public long leave(long now, Outbox out) {
        if (leaveBy < 0) {
            leaveBy = now + Receivers.HOLD_NANOS;
            for (StreamNode stream : streams) {
                stream.begin(now, out);
                stream.receivers.leave(now);
            }
        }
        return settle(now, out);
    }

    /** Whether milliseconds count: a driver should not let datagrams gather for long now. */
    public boolean hurried() {
        for (StreamNode stream : streams) {
            if (stream.watchdog.hurried()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the cap holds up symbols: what it lets go is soon lost, if nothing is sent. */
    public boolean backlogged() {
        return uplink.backlogged();
    }

    /** Whether everything was handed over, or the time for it has passed. */
    public boolean left() {
        return left;
    }
}
