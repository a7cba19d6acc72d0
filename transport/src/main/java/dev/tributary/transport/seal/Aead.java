// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

/**
 * Seals and opens datagrams under one key, each with a number that the caller never uses twice for
 * sealing. One thread at a time.
 */
public interface Aead {
    int KEY_BYTES = 16;
    int IV_BYTES = 12;
    int TAG_BYTES = 16;
    int REFUSED = -1;

    /** Seals the text behind the clear bytes in place; the tag is written behind it. */
    void seal(long number, byte[] bytes, int offset, int text);

    /**
     * Opens what {@link #seal} made.
     *
     * @param length bytes of the whole datagram: clear ones, sealed ones, tag
     * @param into where the text goes, from its start; another array, since the JDK copies all of
     *     it for opening in place
     * @return bytes of text, or REFUSED; {@code into} then holds nothing of the text
     */
    int open(long number, byte[] bytes, int offset, int length, byte[] into);
}
