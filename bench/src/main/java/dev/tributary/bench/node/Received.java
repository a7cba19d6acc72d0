// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.Kernels;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a node before the time is taken: every datagram is opened by whom it went to,
 * and every symbol and every block played is compared with the one that the stream has.
 * All blocks of the stream are alike.
 */
final class Received implements CountingOutbox.Witness {
    private record Letter(int path, Message message) {}

    private final byte[] block = new byte[LiveNode.SPEC.blockBytes()];
    private final byte[][] symbols = new byte[LiveNode.N][LiveNode.SYMBOL_BYTES];
    private final List<Letter> letters = new ArrayList<>();
    private final @Nullable ScriptedPeer[] peers;
    private final int[] symbolsByPath;
    private final SymbolHeader header = new SymbolHeader();
    private long blocksPlayed;

    Received(int paths) {
        peers = new ScriptedPeer[paths];
        symbolsByPath = new int[paths];
        new SplittableRandom(5).nextBytes(block);
        ErasureCode code = new ErasureCode(LiveNode.K, LiveNode.N, Kernels.scalar());
        for (int esi = 0; esi < LiveNode.N; esi++) {
            code.encode(esi, block, LiveNode.SYMBOL_BYTES, symbols[esi], 0);
        }
    }

    byte[] block() {
        return block;
    }

    byte[] symbol(int esi) {
        return symbols[esi];
    }

    /** A peer of the node: what is sent to its path is its to open. */
    void listen(ScriptedPeer peer) {
        peers[peer.path] = peer;
    }

    @Override
    public void onSent(int path, byte[] bytes, int offset, int length) {
        ScriptedPeer peer = peers[path];
        if (peer == null) {
            throw new IllegalStateException("something was sent to path " + path);
        }
        if (Kind.of(bytes[offset] & 0xFF) != Kind.DATA) {
            peer.onGreeting(Arrays.copyOfRange(bytes, offset, offset + length));
            return;
        }
        int text = peer.open(bytes, offset, length);
        boolean symbol = peer.opened()[0] == Wire.SYMBOL;
        require(
                symbol == (length == CountingOutbox.SYMBOL_DATAGRAM_BYTES),
                "a datagram of " + length + " B is counted as what it is not");
        if (symbol) {
            onSymbol(path, peer.opened(), text);
            return;
        }
        for (Message message : ScriptedPeer.messages(peer.opened(), text)) {
            letters.add(new Letter(path, message));
        }
    }

    private void onSymbol(int path, byte[] frames, int length) {
        int body = Wire.FRAME_HEADER_BYTES;
        WireReader in = new WireReader().reset(frames, body, length - body);
        header.read(in);
        int at = in.position();
        boolean right = Arrays.equals(
                symbols[header.esi()],
                0,
                LiveNode.SYMBOL_BYTES,
                frames,
                at,
                at + header.symbolBytes());
        require(right, "the symbol with ESI " + header.esi() + " has wrong bytes");
        symbolsByPath[path]++;
    }

    @Override
    public void onPlayed(Playout item) {
        require(item instanceof Playout.Media, "not media was played but " + item);
        if (item instanceof Playout.Media media) {
            boolean right = Arrays.equals(block, 0, block.length, media.bytes(), 0, media.length());
            require(right, "block " + media.block() + " was played with wrong bytes");
            blocksPlayed++;
        }
    }

    /** Hands over what was said since the last time, with the path that it was said to. */
    void letters(BiConsumer<Integer, Message> reader) {
        List<Letter> read = List.copyOf(letters);
        letters.clear();
        for (Letter letter : read) {
            reader.accept(letter.path, letter.message);
        }
    }

    int symbolsTo(int path) {
        return symbolsByPath[path];
    }

    long blocksPlayed() {
        return blocksPlayed;
    }

    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
