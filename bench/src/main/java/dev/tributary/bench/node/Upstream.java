// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.transport.wire.Endpoint;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.Message.Answer;
import dev.tributary.transport.wire.Message.Probe;
import dev.tributary.transport.wire.Message.SignedManifest;
import dev.tributary.transport.wire.Message.StatusReport;
import dev.tributary.transport.wire.Message.Subscribe;
import dev.tributary.transport.wire.Message.Verdict;
import dev.tributary.transport.wire.Message.Welcome;
import dev.tributary.transport.wire.Status;
import dev.tributary.transport.wire.Status.Offer;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * K suppliers of a node, each with one ESI to offer: all source symbols but the last, and the first
 * repair symbol, so that every block is decoded. The first one also brings the source's manifests.
 */
final class Upstream {
    private static final int RELAY = 1;
    private static final long SECOND = 1_000_000_000L;

    /** Blocks that the suppliers say they keep. */
    private static final int KEPT_BLOCKS = 50;

    private final Received received;
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private final byte[][] symbols = new byte[LiveNode.K][];
    private final boolean[] subscribed = new boolean[LiveNode.K];
    private final WireWriter writer = new WireWriter();
    private final long firstAt;
    private final LiveNode live;
    private final Vouchers vouchers;
    private long blocks;
    private long reportAt;

    /** Suppliers and a viewer that knows them all. */
    Upstream(int slots, Received received) {
        this.received = received;
        List<Endpoint> entries = new ArrayList<>();
        for (int i = 0; i < LiveNode.K; i++) {
            entries.add(CountingOutbox.endpoint(i));
        }
        live = LiveNode.viewer(slots, List.copyOf(entries));
        for (int i = 0; i < LiveNode.K; i++) {
            ScriptedPeer peer = new ScriptedPeer(live, i);
            peers.add(peer);
            received.listen(peer);
            symbols[i] = symbol(esi(i));
        }
        firstAt = live.now();
        vouchers = new Vouchers(received.block(), firstAt);
        live.out.witness(received);
    }

    LiveNode live() {
        return live;
    }

    /** The ESI of the supplier with this number. */
    static int esi(int supplier) {
        return supplier < LiveNode.K - 1 ? supplier : LiveNode.K;
    }

    /** Answers what the node has said to its suppliers; true once it takes all substreams. */
    boolean answer() {
        for (ScriptedPeer peer : peers) {
            if (peer.isGreeted()) {
                peer.welcome(welcome(peer));
            }
        }
        received.letters((path, message) -> {
            if (path < peers.size()) {
                answer(path, message);
            }
        });
        return IntStream.range(0, LiveNode.K).allMatch(i -> subscribed[i]);
    }

    private void answer(int path, Message message) {
        ScriptedPeer peer = peers.get(path);
        switch (message) {
            case Subscribe wish -> {
                List<Verdict> verdicts = wish.esis().stream()
                        .map(esi -> new Verdict(esi, Verdict.GRANTED, 1, blocks))
                        .toList();
                peer.say(new Answer(wish.request(), verdicts, List.of()));
                subscribed[path] = true;
            }
            case Probe probe -> peer.say(new StatusReport(probe.token(), status(path)));
            default -> {}
        }
    }

    private Welcome welcome(ScriptedPeer peer) {
        return new Welcome(
                RELAY,
                CountingOutbox.endpoint(Audience.FIRST_PATH - 1),
                new byte[0],
                status(peer.path),
                List.of(),
                List.of(),
                null);
    }

    private Status status(int supplier) {
        int flags = blocks > 0 ? Status.FLAG_STARTED : 0;
        return new Status(
                flags,
                blocks - 1,
                Math.max(0, blocks - KEPT_BLOCKS),
                live.sourceMillis(),
                2,
                LiveNode.K,
                0,
                supplier == 0 ? 1 : 0,
                List.of(new Offer(esi(supplier), 1, 0)),
                List.of());
    }

    /** A symbol's frame; block, hop count and time are filled in each time it is sent. */
    private byte[] symbol(int esi) {
        byte[] symbol = received.symbol(esi);
        int header = Wire.FRAME_HEADER_BYTES + SymbolHeader.BYTES;
        byte[] frame = new byte[header + symbol.length];
        writer.reset(frame, 0).u8(Wire.SYMBOL).u16(SymbolHeader.BYTES + symbol.length);
        System.arraycopy(symbol, 0, frame, header, symbol.length);
        return frame;
    }

    /** All symbols of the next block come in now, each sealed by its supplier before that. */
    void deliver() {
        long millis = LiveNode.sourceMillis(nextAt());
        for (int i = 0; i < LiveNode.K; i++) {
            byte[] frame = symbols[i];
            int packed = SymbolHeader.pack(esi(i), 1, 0, (int) blocks);
            writer.reset(frame, Wire.FRAME_HEADER_BYTES);
            SymbolHeader.write(writer, blocks, packed, received.block().length, millis);
            peers.get(i).say(frame);
        }
        blocks++;
        if (blocks % Vouchers.BLOCKS == 0) {
            peers.getFirst().say(new SignedManifest(1, vouchers.next()));
        }
    }

    /** Has the source sign for many blocks to come. */
    void prepare() {
        vouchers.prepare();
    }

    /** When the next block is due. */
    long nextAt() {
        return LiveNode.blockAt(firstAt, blocks);
    }

    /** Once a second every supplier says how it stands. */
    void report() {
        if (live.now() >= reportAt) {
            reportAt = live.now() + SECOND;
            for (ScriptedPeer peer : peers) {
                peer.say(new StatusReport(0, status(peer.path)));
            }
        }
    }
}
