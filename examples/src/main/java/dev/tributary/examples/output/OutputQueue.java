// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue before an output, with a thread that writes. Whoever plays never waits: what does
 * not fit is dropped and counted.
 */
public final class OutputQueue {
    /** Bytes gather so long after a write: a wake-up for each block costs more than its bytes. */
    private static final long GATHER_MILLIS = 100;

    private final OutputTarget target;
    private final int limitBytes;
    private final Runnable onFailure;
    private final Thread writer;

    private final Object lock = new Object();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long droppedBytes;
    private long writtenBytes;
    private boolean ending;
    private boolean gathering;
    private @Nullable OutputFailure failure;

    /**
     * @param onFailure called once, on the writer's thread, when the output takes no more
     */
    public OutputQueue(OutputTarget target, int limitBytes, Runnable onFailure) {
        this.target = target;
        this.limitBytes = limitBytes;
        this.onFailure = onFailure;
        this.writer = Thread.ofPlatform().daemon().name("output").unstarted(this::writeAll);
    }

    public OutputQueue start() {
        writer.start();
        return this;
    }

    /**
     * Copies the bytes; false when they were dropped since the queue is full or has failed, and
     * when it is {@linkplain #finish finished}.
     */
    public boolean offer(byte[] bytes, int offset, int length) {
        synchronized (lock) {
            if (ending) {
                return false;
            }
            if (failure != null || waitingBytes > limitBytes - length) {
                droppedBytes += length;
                return false;
            }
            waiting.addLast(Arrays.copyOfRange(bytes, offset, offset + length));
            waitingBytes += length;
            if (!gathering) {
                lock.notifyAll();
            }
            return true;
        }
    }

    /** Writes what is left and closes the output; false when it took longer than the bound. */
    public boolean finish(Duration bound) throws InterruptedException {
        synchronized (lock) {
            ending = true;
            lock.notifyAll();
        }
        if (writer.join(bound)) {
            return true;
        }
        synchronized (lock) {
            droppedBytes += waitingBytes;
            waitingBytes = 0;
            waiting.clear();
        }
        return false;
    }

    public Optional<OutputFailure> failure() {
        synchronized (lock) {
            return Optional.ofNullable(failure);
        }
    }

    public long droppedBytes() {
        synchronized (lock) {
            return droppedBytes;
        }
    }

    public long writtenBytes() {
        synchronized (lock) {
            return writtenBytes;
        }
    }

    public String name() {
        return target.name();
    }

    private void writeAll() {
        try (target) {
            byte @Nullable [] next = take();
            while (next != null) {
                target.write(next);
                synchronized (lock) {
                    writtenBytes += next.length;
                    gather();
                }
                next = take();
            }
        } catch (IOException failed) {
            fail(OutputFailure.of(target.name(), failed));
        } catch (InterruptedException stopped) {
            fail(new OutputFailure("writing to " + target.name() + " was interrupted", false));
        }
    }

    /** After the last bytes that waited: the next ones are let come together. */
    private void gather() throws InterruptedException {
        long until = System.nanoTime() + GATHER_MILLIS * 1_000_000;
        gathering = waiting.isEmpty() && !ending;
        while (gathering) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left > 0) {
                lock.wait(left);
            }
            gathering = left > 0 && !ending;
        }
    }

    /** The next bytes to write, or null when there will be none. */
    private byte @Nullable [] take() throws InterruptedException {
        synchronized (lock) {
            while (waiting.isEmpty() && !ending) {
                lock.wait();
            }
            byte[] next = waiting.pollFirst();
            if (next != null) {
                waitingBytes -= next.length;
            }
            return next;
        }
    }

    private void fail(OutputFailure reason) {
        synchronized (lock) {
            failure = reason;
            droppedBytes += waitingBytes;
            waitingBytes = 0;
            waiting.clear();
        }
        onFailure.run();
    }
}
