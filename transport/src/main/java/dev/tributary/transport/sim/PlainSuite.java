// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.seal.Aead;
import dev.tributary.transport.seal.Suite;
import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.WireReader;
import dev.tributary.transport.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Protects nothing: anybody can forge its signatures and read what it seals. It is for simulations
 * of thousands of nodes and for tests that read along, and only they can have it, for they make
 * their nodes from the core; what users open always has the strong suite.
 *
 * <p>Sizes and layouts are those of the strong suite. A tag fits one key, number and clear header,
 * but whatever is sealed and however long it is, so that a simulated liar can alter what the honest
 * core behind it has sealed.
 */
public final class PlainSuite implements Suite {
    /** The only one. */
    public static final PlainSuite INSTANCE = new PlainSuite();

    // What a fold begins with, so that no function gives what another one gives.
    private static final long PUBLIC_KEY = 1;
    private static final long SIGNATURE = 2;
    private static final long EPHEMERAL_KEY = 3;
    private static final long HASH = 4;
    private static final long MAC = 5;
    private static final long EXTRACT = 6;
    private static final long EXPAND = 7;
    private static final long TAG = 8;

    private static final Bytes32 ZEROS = new Bytes32(0, 0, 0, 0);

    private PlainSuite() {}

    @Override
    public Bytes32 publicKey(byte[] seed) {
        return Bytes32.of(new Fold(PUBLIC_KEY).add(seed).bytes(32));
    }

    @Override
    public byte[] sign(byte[] seed, Bytes32 publicKey, byte[] text) {
        return signature(publicKey, text);
    }

    @Override
    public boolean verify(Bytes32 publicKey, byte[] text, byte[] signature) {
        return Arrays.equals(signature(publicKey, text), signature);
    }

    private static byte[] signature(Bytes32 publicKey, byte[] text) {
        return new Fold(SIGNATURE).add(publicKey.bytes()).add(text).bytes(SIGNATURE_BYTES);
    }

    @Override
    public Bytes32 ephemeralKey(byte[] secret) {
        return Bytes32.of(new Fold(EPHEMERAL_KEY).add(secret).bytes(32));
    }

    /** Made of both public keys. All zeros share nothing, as with the strong suite. */
    @Override
    public byte @Nullable [] agree(byte[] secret, Bytes32 other) {
        if (other.equals(ZEROS)) {
            return null;
        }
        Bytes32 own = ephemeralKey(secret);
        long a = own.a() + other.a();
        long b = own.b() + other.b();
        return new Bytes32(a, b, own.c() + other.c(), own.d() + other.d()).bytes();
    }

    @Override
    public byte[] hash(byte[]... parts) {
        return new Fold(HASH).add(parts).bytes(HASH_BYTES);
    }

    @Override
    public byte[] mac(byte[] key, byte[]... parts) {
        return new Fold(MAC).add(key).add(parts).bytes(HASH_BYTES);
    }

    @Override
    public byte[] extract(byte[] salt, byte[] secret) {
        return new Fold(EXTRACT).add(salt, secret).bytes(HASH_BYTES);
    }

    @Override
    public byte[] expand(byte[] key, String label, byte[] context, int bytes) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        return new Fold(EXPAND).add(key, name, context).bytes(bytes);
    }

    @Override
    public Aead aead(byte[] keyAndIv, int clear) {
        return new Seal(new Fold(TAG).add(keyAndIv).end(), clear);
    }

    /** Puts a tag behind a text that stays as it is. */
    private static final class Seal implements Aead {
        private final long key;
        private final int clear;
        private final Fold fold = new Fold(TAG);
        private final WireReader reader = new WireReader();
        private final WireWriter writer = new WireWriter();

        Seal(long key, int clear) {
            this.key = key;
            this.clear = clear;
        }

        @Override
        public void seal(long number, byte[] bytes, int offset, int text) {
            long tag = tag(number, bytes, offset);
            writer.reset(bytes, offset + clear + text).u64(tag).u64(RunDigest.mix(tag));
        }

        @Override
        public int open(long number, byte[] bytes, int offset, int length, byte[] into) {
            int text = length - clear - TAG_BYTES;
            if (text < 0 || text > into.length) {
                return REFUSED;
            }
            long tag = tag(number, bytes, offset);
            reader.reset(bytes, offset + clear + text, TAG_BYTES);
            if (reader.u64() != tag || reader.u64() != RunDigest.mix(tag)) {
                return REFUSED;
            }
            System.arraycopy(bytes, offset + clear, into, 0, text);
            return text;
        }

        private long tag(long number, byte[] bytes, int offset) {
            long start = key ^ RunDigest.mix(number);
            return fold.reset(start).add(bytes, offset, clear).end();
        }
    }

    /** A fold over bytes, eight at a time; how they are cut into arrays makes no difference. */
    private static final class Fold {
        private static final long STEP = 0x9E3779B97F4A7C15L;

        private long state;
        private long word;
        private long count;

        Fold(long start) {
            reset(start);
        }

        Fold reset(long start) {
            state = RunDigest.mix(start + STEP);
            word = 0;
            count = 0;
            return this;
        }

        Fold add(byte[]... parts) {
            for (byte[] part : parts) {
                add(part, 0, part.length);
            }
            return this;
        }

        Fold add(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                word = (word << 8) | (bytes[i] & 0xFF);
                if ((++count & 7) == 0) {
                    state = RunDigest.mix(state ^ word) + STEP;
                    word = 0;
                }
            }
            return this;
        }

        long end() {
            return RunDigest.mix(RunDigest.mix(state ^ word) + count * STEP);
        }

        byte[] bytes(int length) {
            byte[] all = new byte[length];
            long next = end();
            for (int i = 0; i < length; i++) {
                if ((i & 7) == 0) {
                    next = RunDigest.mix(next + STEP);
                }
                all[i] = (byte) (next >>> (56 - 8 * (i & 7)));
            }
            return all;
        }
    }
}
