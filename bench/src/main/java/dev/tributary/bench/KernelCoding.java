// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench;

import dev.tributary.codec.Decoder;
import dev.tributary.codec.ErasureCode;
import dev.tributary.codec.kernel.Kernel;

/** Our code with one of its kernels on one block: K source symbols and one repair symbol. */
final class KernelCoding {
    private final int k;
    private final int symbolBytes;
    private final ErasureCode code;
    private final Decoder decoder;
    private final byte[] block;
    private final byte[] repair;
    private final int[] received;
    private final byte[] symbols;
    private final byte[] rebuilt;

    /** The block's bytes are copied. */
    KernelCoding(int k, Kernel kernel, byte[] block, int symbolBytes) {
        this.k = k;
        this.symbolBytes = symbolBytes;
        this.block = block.clone();
        code = new ErasureCode(k, k + 1, kernel);
        decoder = code.decoder();
        repair = new byte[symbolBytes];
        received = new int[k];
        symbols = new byte[k * symbolBytes];
        rebuilt = new byte[k * symbolBytes];
        for (int i = 0; i < k; i++) {
            received[i] = i + 1;
            code.encode(i + 1, block, symbolBytes, symbols, i * symbolBytes);
        }
    }

    /** The repair symbol. */
    byte[] encode() {
        code.encode(k, block, symbolBytes, repair, 0);
        return repair;
    }

    /** The whole block, from all symbols but the first. */
    byte[] decode() {
        decoder.decode(received, symbols, symbolBytes, rebuilt);
        return rebuilt;
    }
}
