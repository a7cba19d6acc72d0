// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.node;

import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.Kernels;
import dev.tributary.transport.core.Playout;
import dev.tributary.transport.wire.Message;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * What came out of a node before the time is taken: every symbol and every block played is compared
 * with the one that the stream has. All blocks of the stream are alike.
 */
final class Received implements CountingOutbox.Witness {
    private record Letter(int path, Message message) {}

    private final byte[] block = new byte[LiveNode.SPEC.blockBytes()];
    private final byte[][] symbols = new byte[LiveNode.N][LiveNode.SYMBOL_BYTES];
    private final List<Letter> letters = new ArrayList<>();
    private final int[] symbolsByPath;
    private final SymbolHeader header = new SymbolHeader();
    private long blocksPlayed;

    Received(int paths) {
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

    @Override
    public void onSent(int path, byte[] bytes, int offset, int length) {
        int body = offset + Wire.DATAGRAM_HEADER_BYTES + Wire.FRAME_HEADER_BYTES;
        if (bytes[offset + Wire.DATAGRAM_HEADER_BYTES] == Wire.SYMBOL) {
            WireReader in = new WireReader().reset(bytes, body, offset + length - body);
            header.read(in);
            int at = in.position();
            boolean right = Arrays.equals(
                    symbols[header.esi()],
                    0,
                    LiveNode.SYMBOL_BYTES,
                    bytes,
                    at,
                    at + header.symbolBytes());
            require(right, "the symbol with ESI " + header.esi() + " has wrong bytes");
            symbolsByPath[path]++;
        } else {
            for (Message message : ScriptedPeer.messages(bytes, offset, length)) {
                letters.add(new Letter(path, message));
            }
        }
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
