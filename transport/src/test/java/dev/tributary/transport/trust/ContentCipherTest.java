// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.trust.ContentCipher.Place;
import dev.tributary.transport.wire.Bytes32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ContentCipherTest {
    private static final Bytes32 STREAM = Bytes32.of(HexFormat.of()
            .parseHex("dcff56f7ba52dd62d46a8107034691da7bdba964d2f9b1d074401407fa4b8db0"));
    private static final long EPOCH = 1_700_000_000_000L;
    private static final long HOUR = 472222;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final byte[] MEDIA =
            "the bytes of the fifth block!".getBytes(StandardCharsets.US_ASCII);

    private final ContentSecret secret = new ContentSecret(seed(0), STREAM);

    private static byte[] seed(int first) {
        byte[] seed = new byte[32];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (first + i);
        }
        return seed;
    }

    /** What the media of block 5 become in a stream. */
    private static byte[] carried(Bytes32 stream, PeriodKeys keys, long epoch, long millis) {
        byte[] bytes = MEDIA.clone();
        assertThat(new ContentCipher(stream, keys)
                        .turn(new Place(epoch, 5, millis), bytes, bytes, bytes.length))
                .isTrue();
        return bytes;
    }

    @Test
    void theDocumentHasTheKeysAndWhatIsCarried() throws IOException {
        String document = Files.readString(Path.of("PROTOCOL.md"));
        HexFormat hex = HexFormat.of();
        assertThat(PeriodKeys.at((EPOCH + 1_200) / 1_000)).isEqualTo(HOUR);
        assertThat(document)
                .contains("period      " + HOUR)
                .contains("its key     " + hex.formatHex(secret.of(HOUR)))
                .contains("carried     " + hex.formatHex(carried(STREAM, secret, EPOCH, 1_200)));
    }

    @Test
    void whoHasTheKeysOfTheHourTurnsItBack() {
        byte[] carried = carried(STREAM, secret, EPOCH, 1_200);
        byte[] media = new byte[MEDIA.length + 3];
        ContentKeys keys = secret.during(HOUR * 3_600, HOUR * 3_600 + 1);
        assertThat(new ContentCipher(STREAM, keys)
                        .turn(new Place(EPOCH, 5, 1_200), carried, media, carried.length))
                .isTrue();
        assertThat(media).startsWith(MEDIA).endsWith(0, 0, 0);
        assertThat(carried).isNotEqualTo(MEDIA);
    }

    @Test
    void theKeysOfAnotherHourLeaveItAlone() {
        byte[] carried = carried(STREAM, secret, EPOCH, 1_200);
        byte[] media = new byte[carried.length];
        for (long hour : new long[] {HOUR - 1, HOUR + 1}) {
            ContentKeys keys = secret.during(hour * 3_600, hour * 3_600 + 3_600);
            assertThat(new ContentCipher(STREAM, keys)
                            .turn(new Place(EPOCH, 5, 1_200), carried, media, carried.length))
                    .isFalse();
            assertThat(media).containsOnly(0);
        }
    }

    @Test
    void eachHourEpochStreamBlockAndSeedGivesOtherBytes() {
        byte[] usual = carried(STREAM, secret, EPOCH, 1_200);
        Bytes32 other = new Bytes32(1, 2, 3, 4);
        byte[] next = MEDIA.clone();
        new ContentCipher(STREAM, secret).turn(new Place(EPOCH, 6, 1_200), next, next, next.length);
        assertThat(usual)
                .isEqualTo(carried(STREAM, secret, EPOCH, 1_201))
                .isNotEqualTo(next)
                .isNotEqualTo(carried(STREAM, secret, EPOCH + 1, 1_200))
                .isNotEqualTo(carried(STREAM, secret, EPOCH, 1_200 + HOUR_MILLIS))
                .isNotEqualTo(carried(other, secret, EPOCH, 1_200))
                .isNotEqualTo(carried(STREAM, new ContentSecret(seed(0), other), EPOCH, 1_200))
                .isNotEqualTo(carried(STREAM, new ContentSecret(seed(1), STREAM), EPOCH, 1_200));
    }

    @Test
    void aCipherGoesFromHourToHourAndBack() {
        ContentCipher cipher = new ContentCipher(STREAM, secret);
        for (long millis : new long[] {0, HOUR_MILLIS, 0, 5 * HOUR_MILLIS}) {
            byte[] bytes = MEDIA.clone();
            cipher.turn(new Place(EPOCH, 5, millis), bytes, bytes, bytes.length);
            assertThat(bytes).isEqualTo(carried(STREAM, secret, EPOCH, millis));
        }
    }

    @Test
    void aTicketBringsTheKeysOfAllHoursThatItTouches() {
        long begin = HOUR * 3_600;
        ContentKeys keys = secret.during(begin + 3_599, begin + 7_201);
        assertThat(keys.of(HOUR - 1)).isNull();
        for (int i = 0; i < 3; i++) {
            assertThat(keys.of(HOUR + i)).isEqualTo(secret.of(HOUR + i));
        }
        assertThat(keys.of(HOUR + 3)).isNull();
        assertThat(secret.during(begin, begin + 3_600).of(HOUR + 1)).isNull();
        assertThat(keys).hasToString("ContentKeys[3 from hour " + HOUR + "]");
        long tooLong = 3_600L * ContentKeys.MOST + 1;
        assertThatThrownBy(() -> secret.during(begin, begin + tooLong))
                .hasMessageContaining("at most 9000 hours, not for 9001");
        assertThat(secret.during(begin, begin + tooLong - 1).of(HOUR + ContentKeys.MOST - 1))
                .isNotNull();
    }

    @Test
    void keysAreBytesAndBack() {
        ContentKeys keys = secret.during(HOUR * 3_600, HOUR * 3_600 + 5_000);
        byte[] bytes = keys.encode();
        assertThat(bytes).hasSize(4 + 2 * PeriodKeys.KEY_BYTES);
        ContentKeys read = requireNonNull(ContentKeys.decode(bytes));
        assertThat(read.encode()).isEqualTo(bytes);
        assertThat(read.of(HOUR + 1)).isEqualTo(secret.of(HOUR + 1));
        for (int length : new int[] {0, 3, 4, 35, 67, 69}) {
            assertThat(ContentKeys.decode(Arrays.copyOf(bytes, length))).isNull();
        }
        assertThat(ContentKeys.decode(new byte[4 + (ContentKeys.MOST + 1) * PeriodKeys.KEY_BYTES]))
                .isNull();
    }
}
