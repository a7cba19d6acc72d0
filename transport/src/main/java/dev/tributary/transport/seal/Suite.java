// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;
import org.jspecify.annotations.Nullable;

/**
 * The primitives that node keys, handshakes and links are made of; the two sides of a link have the
 * same suite. All suites have the sizes of {@link StrongSuite}, so that datagrams are laid out
 * alike. A suite has no state; what it returns is the caller's.
 */
public interface Suite {
    int SEED_BYTES = 32;
    int SIGNATURE_BYTES = 64;

    /** Bytes of a hash, a MAC, and a key to expand. */
    int HASH_BYTES = 32;

    /** The public half of a signing key. */
    Bytes32 publicKey(byte[] seed);

    /** Signs a text with the key of a seed, whose public half is {@code publicKey}. */
    byte[] sign(byte[] seed, Bytes32 publicKey, byte[] text);

    /** Whether the holder of a key signed the text; no key is good for which anybody can sign. */
    boolean verify(Bytes32 publicKey, byte[] text, byte[] signature);

    /** The public half of a key for one handshake. */
    Bytes32 ephemeralKey(byte[] secret);

    /**
     * What the holder of a secret shares with the holder of another key, 32 bytes; null for a key
     * that gives the same with everybody.
     */
    byte @Nullable [] agree(byte[] secret, Bytes32 other);

    /** A hash over the parts as if they were one text. */
    byte[] hash(byte[]... parts);

    /** A code over the parts, as if they were one text, that only the holder of the key knows. */
    byte[] mac(byte[] key, byte[]... parts);

    /** Makes a key to expand from a shared secret. */
    byte[] extract(byte[] salt, byte[] secret);

    /** Makes key material for what the label and the context name. */
    byte[] expand(byte[] key, String label, byte[] context, int bytes);

    /**
     * What seals and opens datagrams under one key.
     *
     * @param keyAndIv {@link Aead#KEY_BYTES} and {@link Aead#IV_BYTES}, which are copied
     * @param clear first bytes of each datagram that are only authenticated
     */
    Aead aead(byte[] keyAndIv, int clear);
}
