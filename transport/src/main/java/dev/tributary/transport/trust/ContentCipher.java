// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.trust;

import dev.tributary.transport.seal.StrongSuite;
import dev.tributary.transport.wire.Bytes32;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts the blocks of one stream before they are coded, and decrypts them before they are
 * played: AES-128 in counter mode (NIST SP 800-38A), which leaves their length as it is. That
 * nobody changes a block is what its manifest is for.
 */
public final class ContentCipher {
    private static final int AES_KEY_BYTES = 16;
    private static final int BLOCK_BYTES = 16;

    /**
     * Where a block is: no two of a stream are in the same place.
     *
     * @param epochMillis when the source began, Unix time
     * @param block its number
     * @param millis its source time, since then
     */
    public record Place(long epochMillis, long block, long millis) {}

    private final Bytes32 stream;
    private final PeriodKeys keys;
    private final Cipher cipher;
    private final ByteBuffer counter = ByteBuffer.allocate(BLOCK_BYTES);
    private @Nullable SecretKeySpec key;
    private long keyPeriod;
    private long keyEpoch;

    /**
     * @param stream the stream's identity
     */
    public ContentCipher(Bytes32 stream, PeriodKeys keys) {
        this.stream = stream;
        this.keys = keys;
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /**
     * Turns the media of a block into what is carried, or back; both are the same.
     *
     * @param from its bytes; may be the array that they go into
     * @return false, and nothing has happened, when the key of its period is not known
     */
    public boolean turn(Place place, byte[] from, byte[] into, int bytes) {
        long period = PeriodKeys.at(Math.floorDiv(place.epochMillis + place.millis, 1_000));
        SecretKeySpec known = key(place.epochMillis, period);
        if (known == null) {
            return false;
        }
        counter.putLong(0, place.block);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, known, new IvParameterSpec(counter.array()));
            cipher.doFinal(from, 0, bytes, into, 0);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
        return true;
    }

    private @Nullable SecretKeySpec key(long epochMillis, long period) {
        if (key == null || keyPeriod != period || keyEpoch != epochMillis) {
            byte[] secret = keys.of(period);
            if (secret == null) {
                return null;
            }
            byte[] context = ByteBuffer.allocate(32 + Long.BYTES)
                    .put(stream.bytes())
                    .putLong(epochMillis)
                    .array();
            key = new SecretKeySpec(
                    StrongSuite.INSTANCE.expand(
                            secret, "tributary content key", context, AES_KEY_BYTES),
                    "AES");
            keyPeriod = period;
            keyEpoch = epochMillis;
        }
        return key;
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has AES in counter mode", e);
    }
}
