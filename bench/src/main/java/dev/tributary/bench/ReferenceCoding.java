// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import com.backblaze.erasure.ReedSolomon;

/** Backblaze JavaReedSolomon on one block: K source symbols and one repair symbol. */
final class ReferenceCoding {
    private final int k;
    private final int symbolBytes;
    private final ReedSolomon code;
    private final byte[][] encoded;
    private final byte[][] decoded;
    private final boolean[] present;

    /** The block's bytes are copied. */
    ReferenceCoding(int k, byte[] block, int symbolBytes) {
        this.k = k;
        this.symbolBytes = symbolBytes;
        code = ReedSolomon.create(k, 1);
        encoded = new byte[k + 1][symbolBytes];
        decoded = new byte[k + 1][symbolBytes];
        present = new boolean[k + 1];
        for (int i = 0; i < k; i++) {
            System.arraycopy(block, i * symbolBytes, encoded[i], 0, symbolBytes);
        }
        code.encodeParity(encoded, 0, symbolBytes);
        for (int i = 1; i <= k; i++) {
            decoded[i] = encoded[i].clone();
            present[i] = true;
        }
    }

    /** The repair symbol. */
    byte[] encode() {
        code.encodeParity(encoded, 0, symbolBytes);
        return encoded[k];
    }

    /** The first source symbol, from all others. */
    byte[] decode() {
        code.decodeMissing(decoded, present, 0, symbolBytes);
        return decoded[0];
    }
}
