// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a broadcaster has written and the event loop has not taken yet: bytes, and marks among them.
 * Any thread writes; the loop takes all of it at once.
 */
final class Ingest {
    /** Half a minute of 1 Mbit/s. A loop that far behind is stuck, and the writer must wait. */
    static final int MAX_PENDING_BYTES = 4 << 20;

    private static final long PATIENCE_MILLIS = 5_000;
    private static final int FIRST_BYTES = 64 << 10;

    /** What stands between two bytes. */
    enum Kind {
        BOUNDARY,
        JOIN_POINT,
        END
    }

    /** A mark before the byte at {@code position} of the batch. */
    record Mark(Kind kind, int position) {}

    /** All that was written since the last batch; valid until the next one is taken. */
    record Batch(byte[] bytes, int length, List<Mark> marks) {}

    private byte[] pending = new byte[FIRST_BYTES];
    private byte[] spare = new byte[FIRST_BYTES];
    private int length;
    private List<Mark> marks = new ArrayList<>();
    private boolean announced;
    private String closedBecause = "";

    /**
     * Adds bytes.
     *
     * @param mayWait false on the event loop, which would wait for itself
     * @return whether the loop has to be told: nothing waited before
     */
    synchronized boolean write(byte[] bytes, int offset, int count, boolean mayWait) {
        checkOpen();
        if (mayWait) {
            awaitRoom(count);
        }
        if (pending.length - length < count) {
            int wanted = Math.max(length + count, pending.length * 2);
            pending = Arrays.copyOf(pending, wanted);
        }
        System.arraycopy(bytes, offset, pending, length, count);
        length += count;
        return announce();
    }

    /** Adds a mark; returns whether the loop has to be told. */
    synchronized boolean mark(Kind kind) {
        checkOpen();
        marks.add(new Mark(kind, length));
        if (kind == Kind.END) {
            closedBecause = "this publication has ended";
        }
        return announce();
    }

    /** Refuses everything from here on, and frees those who wait. */
    synchronized void close(String because) {
        if (closedBecause.isEmpty()) {
            closedBecause = because;
        }
        notifyAll();
    }

    /** Everything that waits, in order. */
    synchronized Batch take() {
        Batch batch = new Batch(pending, length, marks);
        byte[] next = spare;
        spare = pending;
        pending = next;
        length = 0;
        marks = new ArrayList<>();
        announced = false;
        notifyAll();
        return batch;
    }

    private boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    private void awaitRoom(int count) {
        long giveUpAt = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (length > 0 && length + count > MAX_PENDING_BYTES) {
            long left = (giveUpAt - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("the node has taken no bytes for "
                        + PATIENCE_MILLIS / 1_000 + " s: this machine is too busy to publish");
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "interrupted while waiting for the node", interrupted);
            }
            checkOpen();
        }
    }

    private void checkOpen() {
        if (!closedBecause.isEmpty()) {
            throw new IllegalStateException(closedBecause);
        }
    }
}
