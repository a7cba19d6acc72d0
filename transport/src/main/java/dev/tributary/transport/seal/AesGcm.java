// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-GCM under one key and one static IV; the nonce is the IV, its last 8 bytes xored with a
 * number that the caller never uses twice for sealing.
 */
final class AesGcm implements Aead {
    private static final int NUMBER_BYTES = 8;

    private final SecretKeySpec key;
    private final byte[] iv = new byte[IV_BYTES];
    private final byte[] nonce = new byte[IV_BYTES];
    // Own to the key: a cipher that changes its key for each datagram takes twice as long.
    private final Cipher cipher;
    private final int clear;

    /**
     * Takes the key and the IV from 28 bytes, which are copied.
     *
     * @param clear first bytes of each datagram that are only authenticated
     */
    AesGcm(byte[] keyAndIv, int clear) {
        this.clear = clear;
        key = new SecretKeySpec(keyAndIv, 0, KEY_BYTES, "AES");
        System.arraycopy(keyAndIv, KEY_BYTES, iv, 0, IV_BYTES);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw StrongSuite.missing(e);
        }
    }

    @Override
    public void seal(long number, byte[] bytes, int offset, int text) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
            cipher.updateAAD(bytes, offset, clear);
            cipher.doFinal(bytes, offset + clear, text, bytes, offset + clear);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    @Override
    public int open(long number, byte[] bytes, int offset, int length, byte[] into) {
        int sealed = length - clear;
        if (sealed < TAG_BYTES || sealed - TAG_BYTES > into.length) {
            return REFUSED;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
            cipher.updateAAD(bytes, offset, clear);
            return cipher.doFinal(bytes, offset + clear, sealed, into, 0);
        } catch (AEADBadTagException forged) {
            return REFUSED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening failed", e);
        }
    }

    private GCMParameterSpec nonce(long number) {
        int at = IV_BYTES - NUMBER_BYTES;
        for (int i = 0; i < NUMBER_BYTES; i++) {
            nonce[at + i] = (byte) (iv[at + i] ^ number >>> (56 - 8 * i));
        }
        System.arraycopy(iv, 0, nonce, 0, at);
        return new GCMParameterSpec(8 * TAG_BYTES, nonce);
    }
}
