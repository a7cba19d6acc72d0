// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.seal.Kind;
import dev.tributary.transport.wire.SymbolHeader;
import dev.tributary.transport.wire.Wire;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sits in a node's way out and alters datagrams of the honest core behind it, sealed as they are:
 * {@link PlainSuite} lets it.
 */
final class Saboteur {
    private static final int BODY = Wire.DATAGRAM_HEADER_BYTES + Wire.FRAME_HEADER_BYTES;
    private static final int FLAGS = BODY + 6;
    private static final int BLOCK_BYTES = BODY + 8;
    private static final int MILLIS = BODY + 11;

    /** Depth and length lie before the signed bytes. */
    private static final int SIGNED = BODY + 3;

    /** Number of records, key and family lie before the first address. */
    private static final int RECORD_ADDRESS = BODY + 1 + 32 + 1;

    private static final int MINUTE_MILLIS = 60_000;

    /** Old manifests that it has to choose from. */
    private static final int KEPT = 8;

    private final Scenario.Malice malice;
    private final long accord;
    private final SplittableRandom random;
    private final WireReader reader = new WireReader();
    private final WireWriter writer = new WireWriter();
    private final SymbolHeader header = new SymbolHeader();
    private final List<byte[]> old = new ArrayList<>();

    /** Those with the same accord who lie together tell the same lies of the same symbols. */
    Saboteur(Scenario.Malice malice, long accord, int node) {
        this.malice = malice;
        this.accord = accord;
        random = new SplittableRandom(RunDigest.mix(accord + node));
    }

    /** Alters a datagram in place; returns how long it is now, 0 when it is not to be sent. */
    int alter(byte[] datagram, int offset, int length) {
        if (Kind.of(datagram[offset] & 0xFF) != Kind.DATA) {
            return length;
        }
        return switch (datagram[offset + Wire.DATAGRAM_HEADER_BYTES]) {
            case Wire.SYMBOL -> symbol(datagram, offset, length);
            case Wire.MANIFEST -> manifest(datagram, offset, length);
            case Wire.RECORDS -> records(datagram, offset, length);
            default -> length;
        };
    }

    private int symbol(byte[] datagram, int offset, int length) {
        header.read(reader.reset(datagram, offset + BODY, length - BODY - Wire.TAG_BYTES));
        long name = header.blockLow() << 8 | header.esi();
        long dice =
                malice.together() ? RunDigest.mix(accord ^ RunDigest.mix(name)) : random.nextLong();
        if (!lies(dice)) {
            return length;
        }
        switch (malice.lie()) {
            case WRONG_SYMBOLS -> corrupt(datagram, offset, length, dice);
            case CHECKED_SYMBOLS -> {
                corrupt(datagram, offset, length, dice);
                datagram[offset + FLAGS] |= (byte) SymbolHeader.CHECKED;
            }
            case UNCHECKED_SYMBOLS -> {
                corrupt(datagram, offset, length, dice);
                datagram[offset + FLAGS] &= (byte) ~SymbolHeader.CHECKED;
            }
            case BLOCK_BYTES ->
                writer.reset(datagram, offset + BLOCK_BYTES).u24(header.blockBytes() - 1);
            case BLOCK_TIME -> {
                int off = (int) Math.floorMod(dice, 2L * MINUTE_MILLIS) - MINUTE_MILLIS;
                writer.reset(datagram, offset + MILLIS).u32(header.sourceMillisLow() + off);
            }
            case WITHHELD_SYMBOLS -> {
                return 0;
            }
            case FORGED_MANIFESTS, OLD_MANIFESTS, FORGED_RECORDS -> {}
        }
        return length;
    }

    private boolean lies(long dice) {
        return (dice >>> 11) * 0x1p-53 < malice.share();
    }

    private static void corrupt(byte[] datagram, int offset, int length, long dice) {
        int at = BODY + SymbolHeader.BYTES;
        int end = length - Wire.TAG_BYTES;
        int where = at + (int) Math.floorMod(dice, (long) (end - at));
        datagram[offset + where] ^= (byte) (1 + Math.floorMod(dice >> 32, 255));
    }

    private int manifest(byte[] datagram, int offset, int length) {
        if (malice.lie() == Lie.OLD_MANIFESTS && old.size() < KEPT) {
            old.add(Arrays.copyOfRange(datagram, offset + BODY, offset + length - Wire.TAG_BYTES));
        }
        if (!lies(random.nextLong())) {
            return length;
        }
        if (malice.lie() == Lie.FORGED_MANIFESTS) {
            int at = offset + SIGNED + random.nextInt(length - Wire.TAG_BYTES - SIGNED);
            datagram[at] ^= (byte) (1 << random.nextInt(8));
        } else if (malice.lie() == Lie.OLD_MANIFESTS) {
            byte[] body = old.get(random.nextInt(old.size()));
            byte[] tag =
                    Arrays.copyOfRange(datagram, offset + length - Wire.TAG_BYTES, offset + length);
            writer.reset(datagram, offset + Wire.DATAGRAM_HEADER_BYTES + 1)
                    .u16(body.length)
                    .raw(body)
                    .raw(tag);
            return BODY + body.length + tag.length;
        }
        return length;
    }

    private int records(byte[] datagram, int offset, int length) {
        if (malice.lie() == Lie.FORGED_RECORDS && lies(random.nextLong())) {
            datagram[offset + RECORD_ADDRESS] ^= (byte) (1 + random.nextInt(255));
        }
        return length;
    }
}
