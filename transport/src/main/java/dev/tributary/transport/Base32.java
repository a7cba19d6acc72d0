// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.util.Arrays;

/** Base 32 of RFC 4648 in lower case without padding: a key that can be read out and typed. */
final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder((bytes.length * 8 + 4) / 5);
        int bits = 0;
        int held = 0;
        for (byte b : bytes) {
            held = (held << 8) | (b & 0xFF);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt((held >>> bits) & 31));
            }
            held &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((held << (5 - bits)) & 31));
        }
        return text.toString();
    }

    /** Takes either case; rejects any other character and left-over bits that are not zero. */
    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int filled = 0;
        int bits = 0;
        int held = 0;
        for (int i = 0; i < text.length(); i++) {
            held = (held << 5) | digit(text.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[filled++] = (byte) (held >>> bits);
                held &= (1 << bits) - 1;
            }
        }
        if (held != 0 || bits >= 5) {
            throw new IllegalArgumentException("a character is missing or wrong");
        }
        return Arrays.copyOf(bytes, filled);
    }

    private static int digit(char c) {
        int digit = ALPHABET.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        if (digit < 0) {
            throw new IllegalArgumentException("'" + c + "' does not belong in it");
        }
        return digit;
    }
}
