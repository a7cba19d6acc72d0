// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What the tests of the code share: random blocks, and symbols in any choice and order. */
final class Blocks {
    private Blocks() {}

    static byte[] random(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Some k of the ESIs 0..n-1 in random order. */
    static int[] randomEsis(SplittableRandom random, int k, int n) {
        int[] esis = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            esis[i] = esis[j];
            esis[j] = i;
        }
        return Arrays.copyOf(esis, k);
    }

    /** The symbols of the given ESIs, one after the other. */
    static byte[] symbols(ErasureCode code, int[] esis, byte[] block, int symbolBytes) {
        byte[] symbols = new byte[esis.length * symbolBytes];
        for (int i = 0; i < esis.length; i++) {
            code.encode(esis[i], block, symbolBytes, symbols, i * symbolBytes);
        }
        return symbols;
    }
}
