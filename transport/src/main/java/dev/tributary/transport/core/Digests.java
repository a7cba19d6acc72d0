// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digests that manifests carry: SHA-256, cut. That of a block covers its place in the stream
 * and its length; that of a symbol a salt that nobody knew when the symbol was sent.
 */
public final class Digests {
    private static final int BYTES = 32;

    private final MessageDigest sha;
    private final byte[] head = new byte[24];
    private final byte[] result = new byte[BYTES];

    public Digests() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Computes the digest of a block's bytes; {@link #high} and {@link #low} are its 16 bytes. */
    public Digests ofBlock(long epochMillis, long block, byte[] data, int bytes) {
        put(0, epochMillis);
        put(8, block);
        put(16, bytes);
        return finish(data, 0, bytes);
    }

    /** The block, and the salt of its manifest, that the next symbols' digests are for. */
    public Digests ofSymbols(long salt, long block) {
        put(0, salt);
        put(8, block);
        return this;
    }

    /** The 48-bit digest of a source symbol of that block. */
    public long symbol(int esi, byte[] from, int offset, int length) {
        put(16, esi);
        return finish(from, offset, length).high() >>> 16;
    }

    private void put(int at, long value) {
        for (int i = 0; i < 8; i++) {
            head[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private Digests finish(byte[] data, int offset, int length) {
        try {
            sha.update(head);
            sha.update(data, offset, length);
            sha.digest(result, 0, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are room for a SHA-256", e);
        }
        return this;
    }

    /** First 8 bytes of the last digest. */
    public long high() {
        return number(0);
    }

    /** The 8 bytes after those. */
    public long low() {
        return number(8);
    }

    private long number(int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (result[at + i] & 0xFF);
        }
        return value;
    }
}
