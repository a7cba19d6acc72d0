// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * What nodes use: Ed25519 and X25519 of Bouncy Castle, which signs and agrees faster than the JDK
 * does; SHA-256, HMAC, HKDF and AES-128-GCM of the JDK.
 */
public final class StrongSuite implements Suite {
    /** The only one. */
    public static final StrongSuite INSTANCE = new StrongSuite();

    private static final String HMAC = "HmacSHA256";

    private StrongSuite() {}

    @Override
    public Bytes32 publicKey(byte[] seed) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, key, 0);
        return Bytes32.of(key);
    }

    @Override
    public byte[] sign(byte[] seed, Bytes32 publicKey, byte[] text) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        Ed25519.sign(seed, 0, publicKey.bytes(), 0, text, 0, text.length, signature, 0);
        return signature;
    }

    @Override
    public boolean verify(Bytes32 publicKey, byte[] text, byte[] signature) {
        return Ed25519.verify(signature, 0, publicKey.bytes(), 0, text, 0, text.length);
    }

    @Override
    public Bytes32 ephemeralKey(byte[] secret) {
        byte[] point = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(secret, 0, point, 0);
        return Bytes32.of(point);
    }

    /** Null for the few keys that give all zeros with everybody (RFC 7748, 6.1). */
    @Override
    public byte @Nullable [] agree(byte[] secret, Bytes32 other) {
        byte[] shared = new byte[X25519.POINT_SIZE];
        boolean contributed = X25519.calculateAgreement(secret, 0, other.bytes(), 0, shared, 0);
        return contributed ? shared : null;
    }

    @Override
    public byte[] hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    @Override
    public byte[] mac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** HKDF-Extract of RFC 5869 with SHA-256. */
    @Override
    public byte[] extract(byte[] salt, byte[] secret) {
        try {
            return hkdf().deriveData(HKDFParameterSpec.ofExtract()
                    .addSalt(salt)
                    .addIKM(secret)
                    .extractOnly());
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** HKDF-Expand of RFC 5869 with SHA-256; the info is the label and then the context. */
    @Override
    public byte[] expand(byte[] key, String label, byte[] context, int bytes) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] info = new byte[name.length + context.length];
        System.arraycopy(name, 0, info, 0, name.length);
        System.arraycopy(context, 0, info, name.length, context.length);
        SecretKeySpec secret = new SecretKeySpec(key, HMAC);
        try {
            return hkdf().deriveData(HKDFParameterSpec.expandOnly(secret, info, bytes));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    @Override
    public Aead aead(byte[] keyAndIv, int clear) {
        return new AesGcm(keyAndIv, clear);
    }

    static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform of ours has this primitive", e);
    }

    private static KDF hkdf() throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256");
    }
}
