// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Bytes32;
import dev.tributary.transport.wire.Manifest;
import dev.tributary.transport.wire.Message.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of PROTOCOL.md, each from the code and, where it is a digest, from its words. */
class ManifestVectorTest {
    private static final long EPOCH = 1_700_000_000_000L;
    private static final long SALT = 0x0102_0304_0506_0708L;
    private static final long BLOCK = 5;
    private static final byte[] MEDIA =
            "the bytes of the fifth block!".getBytes(StandardCharsets.US_ASCII);
    private static final int K = 2;
    private static final int SYMBOL = 15;

    private static StreamKey key() {
        byte[] seed = new byte[32];
        for (int i = 0; i < 32; i++) {
            seed[i] = (byte) i;
        }
        return StreamKey.of(seed);
    }

    private static StreamSpec spec() {
        Bytes32 key = key().publicKey();
        Bytes32 id = StreamKey.streamId(key, "vector");
        return new StreamSpec(id, key, K, 3, 1_152, 400_000, 2_000_000_000L, false, false);
    }

    private static Manifest manifest() {
        Digests digests = new Digests();
        byte[] padded = Arrays.copyOf(MEDIA, K * SYMBOL);
        long[] symbols = new long[K];
        for (int esi = 0; esi < K; esi++) {
            symbols[esi] = digests.ofSymbols(SALT, BLOCK).symbol(esi, padded, esi * SYMBOL, SYMBOL);
        }
        digests.ofBlock(EPOCH, BLOCK, padded, MEDIA.length);
        Manifest.Vouched block = new Manifest.Vouched(
                MEDIA.length, 1_200, true, digests.high(), digests.low(), symbols);
        return new Manifest(
                EPOCH, 7, 1_234, K, 3, 1_152, 400_000, false, false, SALT, BLOCK, List.of(block));
    }

    private static byte[] sha256(byte[]... parts) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest();
    }

    private static byte[] numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    @Test
    void theDigestsAreThoseOfTheirWords() throws Exception {
        Manifest.Vouched block = manifest().blocks().get(0);
        byte[] whole = sha256(numbers(EPOCH, BLOCK, MEDIA.length), MEDIA);
        assertThat(numbers(block.digestHigh(), block.digestLow()))
                .isEqualTo(Arrays.copyOf(whole, 16));
        byte[] padded = Arrays.copyOf(MEDIA, K * SYMBOL);
        for (int esi = 0; esi < K; esi++) {
            byte[] symbol = Arrays.copyOfRange(padded, esi * SYMBOL, (esi + 1) * SYMBOL);
            byte[] cut = Arrays.copyOf(sha256(numbers(SALT, BLOCK, esi), symbol), 6);
            assertThat(numbers(block.symbols()[esi] << 16)).startsWith(cut);
        }
    }

    @Test
    void theDocumentHasTheManifestItsSignatureAndAnEnd() throws IOException {
        byte[] signed = new Origin(key(), EPOCH, 1).sign(spec(), manifest());
        int text = signed.length - Manifest.SIGNATURE_BYTES;
        End end = SourceVoice.end(key(), spec(), EPOCH, 6);
        String document = Files.readString(Path.of("PROTOCOL.md")).replaceAll("\\s", "");
        assertThat(document)
                .contains(
                        hex(spec().key().bytes(), 0, 32),
                        hex(spec().id().bytes(), 0, 32),
                        hex(signed, 0, text),
                        hex(signed, text, signed.length),
                        hex(end.signature(), 0, End.SIGNATURE_BYTES));
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(bytes, from, to);
    }
}
