// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import com.backblaze.erasure.ReedSolomon;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The reference code, on the layout of ours. Its methods are reached by handle, since a plain call
 * needs Netty on the class path to be told from its overload for Netty's buffers.
 */
final class Backblaze {
    private static final MethodHandle ENCODE =
            find("encodeParity", byte[][].class, int.class, int.class);
    private static final MethodHandle DECODE =
            find("decodeMissing", byte[][].class, boolean[].class, int.class, int.class);

    private final int k;
    private final int n;
    private final ReedSolomon reference;

    /** K of N with at least one repair symbol. */
    Backblaze(int k, int n) {
        this.k = k;
        this.n = n;
        this.reference = ReedSolomon.create(k, n - k);
    }

    /** All n symbols of a block, one after the other. */
    byte[] symbols(byte[] block, int symbolBytes) {
        byte[][] shards = new byte[n][symbolBytes];
        for (int i = 0; i < k; i++) {
            System.arraycopy(block, i * symbolBytes, shards[i], 0, symbolBytes);
        }
        try {
            ENCODE.invoke(reference, shards, 0, symbolBytes);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return joined(shards, symbolBytes);
    }

    /** All n symbols, rebuilt from those that are present. */
    byte[] rebuilt(byte[] symbols, boolean[] present, int symbolBytes) {
        byte[][] shards = new byte[n][symbolBytes];
        for (int i = 0; i < n; i++) {
            if (present[i]) {
                System.arraycopy(symbols, i * symbolBytes, shards[i], 0, symbolBytes);
            }
        }
        try {
            DECODE.invoke(reference, shards, present, 0, symbolBytes);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        return joined(shards, symbolBytes);
    }

    private static byte[] joined(byte[][] shards, int symbolBytes) {
        byte[] joined = new byte[shards.length * symbolBytes];
        for (int i = 0; i < shards.length; i++) {
            System.arraycopy(shards[i], 0, joined, i * symbolBytes, symbolBytes);
        }
        return joined;
    }

    private static MethodHandle find(String name, Class<?>... parameters) {
        try {
            MethodType type = MethodType.methodType(void.class, parameters);
            return MethodHandles.lookup().findVirtual(ReedSolomon.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
