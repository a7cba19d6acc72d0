// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.core.Entrance;
import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.NodeSettings;
import dev.tributary.transport.core.Origin;
import dev.tributary.transport.core.Role;
import dev.tributary.transport.core.StreamKey;
import dev.tributary.transport.core.StreamNode;
import dev.tributary.transport.core.StreamSnapshot;
import dev.tributary.transport.core.StreamSpec;
import dev.tributary.transport.seal.NodeKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The nodes of a run: makes them, removes them, finds those a script means. */
final class Swarm {
    private static final int SOURCE = 0;

    private final Scenario scenario;
    private final long seed;
    private final Links links;
    private final Verdicts verdicts;
    private final Sent sent;
    private final Lags lags = new Lags();
    private final SplittableRandom random;
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;

    private final StreamKey key;
    private final StreamSpec spec;
    private final List<SimNode> relays = new ArrayList<>();
    private final List<SimNode> viewers = new ArrayList<>();
    private final BitSet liars;
    private final TreeMap<Long, Integer> indexById = new TreeMap<>();
    private final List<Disruption> disruptions = new ArrayList<>();

    Swarm(Scenario scenario, long seed, Links links, Verdicts verdicts) {
        this.scenario = scenario;
        this.seed = seed;
        this.links = links;
        this.verdicts = verdicts;
        Scenario.Load load = scenario.load();
        sent = new Sent(load.bitsPerSecond());
        random = new SplittableRandom(RunDigest.mix(seed ^ 0x737761726DL));
        byte[] secret = new byte[32];
        new SplittableRandom(RunDigest.mix(seed ^ 0x6B6579L)).nextBytes(secret);
        key = StreamKey.of(secret);
        spec = new StreamSpec(
                StreamKey.streamId(key.publicKey(), "simulated"),
                key.publicKey(),
                load.k(),
                load.n(),
                load.symbolBytes(),
                load.bitsPerSecond(),
                load.delayNanos(),
                false,
                false);
        liars = liars();
        join(Role.SOURCE);
        for (int i = 0; i < scenario.crowd().relays(); i++) {
            relays.add(join(Role.RELAY));
        }
    }

    /** Those of the first viewers that lie. */
    private BitSet liars() {
        SplittableRandom dice = new SplittableRandom(RunDigest.mix(seed ^ 0x6C69617273L));
        int honest = scenario.crowd().viewers();
        int wanted = scenario.malice().liars();
        BitSet chosen = new BitSet();
        for (int viewer = 0; honest > 0; viewer++) {
            if (dice.nextInt(honest) < wanted) {
                chosen.set(viewer);
                wanted--;
            }
            honest--;
        }
        return chosen;
    }

    /** Something that was done to a node, and that a takeover may follow from. */
    record Disruption(long atNanos, int node) {}

    SimNode source() {
        return links.nodes().get(SOURCE);
    }

    List<SimNode> nodes() {
        return links.nodes();
    }

    /** All viewers that ever joined, in order. */
    List<SimNode> viewers() {
        return viewers;
    }

    List<Disruption> disruptions() {
        return disruptions;
    }

    Sent sent() {
        return sent;
    }

    Lags lags() {
        return lags;
    }

    /** The simulation's number of a node id, -1 when no node has that id. */
    int indexOf(long id) {
        return indexById.getOrDefault(id, -1);
    }

    void addViewer() {
        viewers.add(join(Role.VIEWER));
    }

    /** A viewer leaves, with or without a word, and another one comes. */
    void replaceOne() {
        SimNode leaver = anyViewer();
        if (leaver != null) {
            disrupted(leaver);
            if (random.nextDouble() < scenario.crowd().gracefulShare()) {
                leaver.leave();
            } else {
                leaver.kill();
            }
        }
        addViewer();
    }

    /** Keeps who supplies whom for the report, before the stream's end dissolves it. */
    void keepFigures() {
        nodes().forEach(SimNode::keepFigures);
    }

    /** Time to the next replacement. */
    long untilNextReplacement() {
        Scenario.Crowd crowd = scenario.crowd();
        double meanNanos = 60e9 / (crowd.viewers() * crowd.churnPerMinute());
        return 1 + (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
    }

    void act(Action action) {
        switch (action) {
            case Action.Kill kill -> each(kill.target(), SimNode::kill);
            case Action.Leave leave -> each(leave.target(), SimNode::leave);
            case Action.Freeze freeze ->
                each(freeze.target(), node -> node.freeze(links.now() + freeze.forNanos()));
            case Action.Rate rate ->
                each(rate.target(), node -> {
                    node.up().rate(rate.upBitsPerSecond());
                    node.down().rate(rate.downBitsPerSecond());
                });
            case Action.Cut cut ->
                each(
                        cut.one(),
                        one -> each(
                                cut.other(),
                                other -> links.cut(
                                        one.index(), other.index(), links.now() + cut.forNanos())));
            case Action.Loss loss -> links.loss(loss.share(), loss.meanBurst());
        }
    }

    private void each(Target target, Consumer<SimNode> deed) {
        SimNode node = find(target);
        if (node != null) {
            disrupted(node);
            deed.accept(node);
        }
    }

    private void disrupted(SimNode node) {
        disruptions.add(new Disruption(links.now(), node.index()));
    }

    private @Nullable SimNode find(Target target) {
        return switch (target) {
            case Target.Source source -> source();
            case Target.Relay relay -> at(relays, relay.number());
            case Target.Viewer viewer -> at(viewers, viewer.number());
            case Target.AnyViewer any -> anyViewer();
            case Target.MostReceivers most -> busiest(node -> node.snapshot().substreamsUp());
            case Target.SupplierOf supplied -> {
                SimNode viewer = at(viewers, supplied.viewer());
                yield viewer == null ? null : mainSupplier(viewer);
            }
        };
    }

    private static @Nullable SimNode at(List<SimNode> nodes, int number) {
        return number < nodes.size() && nodes.get(number).alive() ? nodes.get(number) : null;
    }

    private @Nullable SimNode anyViewer() {
        List<SimNode> staying = viewers.stream().filter(SimNode::stays).toList();
        return staying.isEmpty() ? null : staying.get(random.nextInt(staying.size()));
    }

    private @Nullable SimNode busiest(ToIntFunction<SimNode> work) {
        SimNode best = null;
        int most = -1;
        for (SimNode viewer : viewers) {
            int done = viewer.stays() ? work.applyAsInt(viewer) : -1;
            if (done > most) {
                most = done;
                best = viewer;
            }
        }
        return best;
    }

    private @Nullable SimNode mainSupplier(SimNode viewer) {
        SimNode best = null;
        int most = 0;
        for (StreamSnapshot.Peer peer : viewer.snapshot().suppliers()) {
            int index = Links.nodeAt(peer.endpoint());
            boolean found = index != SOURCE && nodes().get(index).stays();
            if (found && peer.esis().size() > most) {
                most = peer.esis().size();
                best = nodes().get(index);
            }
        }
        return best;
    }

    private SimNode join(Role role) {
        int index = links.nodes().size();
        long cap = cap(role);
        long down = (long) (scenario.network().downlink() * spec.bitsPerSecond());
        var seat = new SimNode.Seat(
                index,
                role,
                links.now(),
                cap,
                (long) (scenario.network().uplink() * cap),
                role == Role.VIEWER ? down : 0);
        SplittableRandom dice =
                new SplittableRandom(RunDigest.mix(seed * 0x9E3779B97F4A7C15L + index));
        Node core = new Node(new NodeSettings(cap), NodeKey.fresh(PlainSuite.INSTANCE, dice), dice);
        indexById.put(core.id(), index);
        Player player = new Player(index, sent, verdicts, lags);
        boolean lies = role == Role.VIEWER && liars.get(viewers.size());
        Saboteur saboteur = lies ? new Saboteur(scenario.malice(), seed, index) : null;
        SimNode.Core own = new SimNode.Core(core, take(core, role, index), player, saboteur);
        SimNode node = new SimNode(seat, own, links, verdicts);
        links.add(node);
        node.start();
        return node;
    }

    private StreamNode take(Node core, Role role, int index) {
        long local = SimNode.localTime(index, links.now());
        Entrance entrance = Entrance.by(List.of(Links.endpoint(SOURCE)));
        return switch (role) {
            case SOURCE -> core.publish(local, spec, new Origin(key, EPOCH_MILLIS, 1));
            case RELAY -> core.relay(local, spec, entrance);
            case VIEWER -> core.watch(local, spec, entrance);
        };
    }

    private long cap(Role role) {
        Scenario.Crowd crowd = scenario.crowd();
        double factor = switch (role) {
            case SOURCE -> scenario.load().sourceUpload();
            case RELAY -> crowd.relayUpload();
            case VIEWER -> uploads(crowd) ? crowd.upload() : 0;
        };
        return (long) (factor * spec.bitsPerSecond());
    }

    /** Whether the viewer that joins now uploads. */
    private boolean uploads(Scenario.Crowd crowd) {
        double share = crowd.shareWithoutUpload();
        return viewers.size() >= crowd.firstWithoutUpload()
                && (share == 0 || random.nextDouble() >= share);
    }
}
