// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.standby.Admission;
import dev.tributary.transport.trust.Pass;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Dismissal;
import dev.tributary.transport.wire.Message.End;
import dev.tributary.transport.wire.Message.Leave;
import dev.tributary.transport.wire.Message.ManifestRequest;
import dev.tributary.transport.wire.Message.Members;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.Records;
import dev.tributary.transport.wire.Message.RecordsWanted;
import dev.tributary.transport.wire.Message.Repair;
import dev.tributary.transport.wire.Message.RepairRefusal;
import dev.tributary.transport.wire.Message.Revoke;
import dev.tributary.transport.wire.Message.Seen;
import dev.tributary.transport.wire.Message.Shown;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Unsubscribe;
import dev.tributary.transport.wire.Message.Wrong;
import dev.tributary.transport.wire.MessageDecoder;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One stream at one node: joins its concerns, each a class of its own, and hands inputs to them.
 */
public final class StreamNode {
    private static final long TIDY_NANOS = 250_000_000;

    private final Node node;
    private final int number;
    private final StreamSpec spec;
    private final Role role;
    private final long startedAt;
    private final @Nullable Origin origin;
    final Counters counters = new Counters();
    final SourceClock clock = new SourceClock();
    final Uplink uplink;
    final Postbox post;
    final BlockStore blocks;
    final Manifests manifests;
    final Proofs proofs;
    final Liars liars;
    final Mending mending;
    final Entry entry;
    final Access access;
    final Content content;
    final Greetings greetings;
    final Links links;
    final Membership membership;
    final Suppliers suppliers;
    final Losses losses;
    final Planner planner;
    final Watchdog watchdog;
    final Receivers receivers;
    final Repairs repairs;
    private final RepairService repairService;
    final Reports reports;
    final Intake intake;
    final @Nullable Playback playback;
    final @Nullable Feed feed;
    private long now;
    private long tidyAt = Long.MIN_VALUE;
    private @Nullable End end;
    private long endedAt = -1;

    StreamNode(Node node, StreamSpec spec, Role role, StreamSetup setup) {
        this.node = node;
        this.spec = spec;
        this.role = role;
        number = setup.number();
        now = setup.now();
        startedAt = setup.now();
        origin = setup.origin();
        uplink = node.uplink();
        post = new Postbox(counters, uplink, Node.NOWHERE);
        blocks = new BlockStore(spec);
        manifests = new Manifests(this);
        proofs = new Proofs(this);
        liars = new Liars(this);
        mending = new Mending(this);
        entry = new Entry(this);
        access = new Access(this, setup.pass());
        content = new Content(this, setup.pass());
        greetings = new Greetings(this);
        links = new Links(this);
        membership = new Membership(this);
        suppliers = new Suppliers(this);
        losses = new Losses(this);
        planner = new Planner(this);
        watchdog = new Watchdog(this);
        long cap = node.settings().uploadBitsPerSecond();
        receivers =
                new Receivers(this, Admission.of(cap, WireRate.slotBitsPerSecond(spec), spec.k()));
        repairs = new Repairs(this);
        repairService = new RepairService(this);
        reports = new Reports(this);
        intake = new Intake(this);
        playback = role == Role.VIEWER ? new Playback(this) : null;
        feed = origin != null ? new Feed(this, origin, setup.now()) : null;
    }

    /** The number that {@link Outbox#play} gets. */
    public int number() {
        return number;
    }

    public StreamSpec spec() {
        return spec;
    }

    public Role role() {
        return role;
    }

    Node node() {
        return node;
    }

    long nodeId() {
        return node.id();
    }

    RandomGenerator random() {
        return node.random();
    }

    long now() {
        return now;
    }

    /** What the source started with; null everywhere else. */
    @Nullable
    Origin origin() {
        return origin;
    }

    long startedAt() {
        return startedAt;
    }

    void note(long at, String text) {
        node.recorder().note(at, text);
    }

    /** The signed end, once there is one. */
    @Nullable
    End end() {
        return end;
    }

    /** Blocks of the whole stream, -1 while it has not ended. */
    long endBlocks() {
        return end == null ? -1 : end.blocks();
    }

    long endedAt() {
        return endedAt;
    }

    /** Whether everything was handed out to the player and nothing will follow. */
    public boolean over() {
        return playback != null ? playback.isOver() : end != null;
    }

    /** Why the stream could not be joined, once it was given up. */
    public Optional<String> failure() {
        return Optional.ofNullable(entry.failure());
    }

    long widen(long block) {
        return Wire.widen(block, Math.max(0, blocks.newest()));
    }

    /** First block worth asking for, -1 for whatever is newest. */
    long firstWanted() {
        if (playback != null) {
            return playback.firstWanted();
        }
        return blocks.newest() < 0 ? -1 : firstNeeded(now);
    }

    /** First block that is worth a repair. */
    long firstNeeded(long at) {
        if (playback != null) {
            return playback.firstNeeded();
        }
        long window = spec.delayNanos() / spec.blockNanos();
        return Math.max(blocks.oldest(), blocks.newest() - window);
    }

    /** Our next ticket, shown to others, with the next keys. Returns the next deadline. */
    public long renew(long at, Pass pass, Outbox out) {
        begin(at, out);
        access.renew(pass.ticket());
        content.renew(pass);
        return node.settle(at, out);
    }

    /** Source: takes bytes of the stream; they are copied. Returns the next deadline. */
    public long write(long at, byte[] bytes, int offset, int length, Outbox out) {
        begin(at, out);
        source().write(at, bytes, offset, length);
        return node.settle(at, out);
    }

    /** Source: the next byte starts a block. Returns the next deadline. */
    public long boundary(long at, Outbox out) {
        begin(at, out);
        source().boundary(at);
        return node.settle(at, out);
    }

    /**
     * Source: a player may start at the block that the last boundary opened, if it is still open.
     */
    public void joinPoint() {
        source().joinPoint();
    }

    /** Source: the stream is over. Returns the next deadline. */
    public long end(long at, Outbox out) {
        begin(at, out);
        if (end == null && origin != null) {
            long total = source().end(at);
            onEnd(at, SourceVoice.end(origin.key(), spec, origin.epochMillis(), total));
        }
        return node.settle(at, out);
    }

    private Feed source() {
        if (feed == null) {
            throw new IllegalStateException("only the source of a stream takes input");
        }
        return feed;
    }

    /**
     * A time of the source as this node counts it: symbols carry 32 bits of it, so that those of a
     * source that runs for longer than 49 days are near what its clock shows now.
     */
    long sourceMillis(long at, long told) {
        return Wire.widen(told & 0xFFFF_FFFFL, clock.sourceMillis(at));
    }

    void begin(long at, Outbox out) {
        now = at;
        post.use(at, out);
    }

    /** One frame of a datagram that came on a link. */
    void onFrame(long at, Link link, int type, WireReader body) {
        if (type == Wire.SYMBOL) {
            if (link.isOpen()) {
                intake.onSymbol(at, link, body);
            }
            return;
        }
        Message message = MessageDecoder.decode(type, body);
        if (message == null) {
            boolean known = MessageDecoder.knows(type);
            counters.add(known ? Counter.FRAMES_MALFORMED : Counter.FRAMES_UNKNOWN);
        } else {
            onMessage(at, link, message);
        }
    }

    private void onMessage(long at, Link link, Message message) {
        switch (message) {
            case Probe m when link.isOpen() -> reports.answerProbe(at, link, m.token());
            case StatusReport m
            when link.isOpen() -> {
                links.onProbeAnswer(at, link, m.token());
                reports.onStatus(at, link, m.status());
            }
            case Subscribe m when link.isOpen() -> receivers.onSubscribe(at, link, m);
            case Answer m when link.isOpen() -> suppliers.onAnswer(at, link, m);
            case Unsubscribe m when link.isOpen() -> receivers.onUnsubscribe(link, m.esis());
            case Revoke m when link.isOpen() -> suppliers.onRevoke(at, link, m);
            case Repair m when link.isOpen() -> repairService.onRequest(at, link, m);
            case RepairRefusal m when link.isOpen() -> repairs.onRefusal(at, link, m);
            case Members m when link.isOpen() -> membership.onMembers(at, link, m.members());
            case Records m when link.isOpen() -> membership.records.onRecords(at, link, m);
            case RecordsWanted m when link.isOpen() -> membership.records.onWanted(at, link, m);
            case Seen m when link.isOpen() -> membership.records.own.seen(at, link, m.you());
            case SignedManifest m when link.isOpen() -> manifests.onManifest(at, link, m);
            case Message.ManifestFeed m
            when link.isOpen() -> manifests.feed().onWish(link, m.wanted());
            case ManifestRequest m when link.isOpen() -> manifests.onRequest(at, link, m);
            case Wrong m when link.isOpen() -> counters.add(Counter.TOLD_WRONG);
            case Shown m when link.isOpen() -> access.onShown(at, link, m);
            case Dismissal m when link.isOpen() -> access.onDismissal(at, link, m.verdict());
            case End m when link.isOpen() -> onEnd(at, m);
            case Leave m when link.isOpen() -> links.onLeave(at, link);
            default -> counters.add(Counter.FRAMES_MALFORMED);
        }
    }

    private void onEnd(long at, End told) {
        if (end != null) {
            return;
        }
        if (manifests.epoch() < 0) {
            return; // it comes with each report, and the epoch with the first manifest
        }
        if (told.epochMillis() != manifests.epoch() || !manifests.voice().said(told)) {
            counters.add(Counter.ENDS_FORGED);
            return;
        }
        end = told;
        endedAt = at;
        note(at, "the source ended the stream after " + told.blocks() + " blocks");
        if (told.blocks() > 0 && blocks.accepts(told.blocks() - 1, 0) && blocks.newest() >= 0) {
            blocks.open(told.blocks() - 1);
        }
        links.open().stream().filter(Link::inUse).forEach(link -> post.send(link, told));
        repairs.soon();
        if (playback != null) {
            playback.soon();
        }
    }

    /** The uplink's turn has come for a symbol. */
    void sendSymbol(long at, Link link, long number, int esi, int flags) {
        Block block = blocks.find(number);
        boolean live = (flags & (SymbolHeader.REPAIRED | SymbolHeader.BACKFILL)) == 0;
        int hop = live ? receivers.nextHop(link, esi) : 0;
        if (hop >= 0 && block != null && block.canGive(esi)) {
            int packed = SymbolHeader.pack(esi, suppliers.sendDepth(esi), flags, hop);
            post.sendSymbol(link, blocks, block, packed);
        } else {
            counters.add(Counter.UPLINK_DROPPED);
        }
    }

    /** Runs whatever is due. */
    void onDeadline(long at) {
        if (feed != null) {
            feed.onDeadline(at);
        }
        if (at >= tidyAt) {
            tidyAt = at + TIDY_NANOS;
            access.expire(at);
            links.expire(at);
            receivers.expire(at);
            reports.onDeadline(at);
            repairs.soon();
            entry.giveUp(at);
        }
        entry.onDeadline(at);
        greetings.onDeadline(at);
        membership.onDeadline(at);
        if (role != Role.SOURCE) {
            manifests.onDeadline(at);
            watchdog.onDeadline(at);
            planner.onDeadline(at);
            repairs.onDeadline(at);
        }
        receivers.onDeadline(at);
        if (playback != null) {
            playback.onDeadline(at);
        }
    }

    /** The source has a later epoch: what is here belongs to a stream that is over. */
    void beganAnew(long at) {
        entry.fail("the source began anew: watch the stream again");
        note(at, "the source began anew");
    }

    long deadline() {
        long next = Math.min(Math.min(tidyAt, greetings.deadline()), membership.deadline());
        next = Math.min(next, receivers.deadline());
        if (role != Role.SOURCE) {
            next = Math.min(next, Math.min(watchdog.deadline(), planner.deadline()));
            next = Math.min(next, Math.min(repairs.deadline(), manifests.deadline()));
        }
        if (feed != null) {
            next = Math.min(next, feed.deadline());
        }
        return playback == null ? next : Math.min(next, playback.deadline());
    }

    /** The figures as they are now. */
    public StreamSnapshot snapshot(long at) {
        return Snapshots.of(this);
    }
}
