// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import java.util.ArrayDeque;
import java.util.Deque;

/** Arrays of one size, used again and again. */
final class BytePool {
    /** Arrays beyond this go to the collector. */
    private static final int MOST = 64;

    private final int bytes;
    private final Deque<byte[]> free = new ArrayDeque<>();

    BytePool(int bytes) {
        this.bytes = bytes;
    }

    byte[] take() {
        byte[] array = free.pollLast();
        return array != null ? array : new byte[bytes];
    }

    void give(byte[] array) {
        if (free.size() < MOST) {
            free.addLast(array);
        }
    }
}
