// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutputQueueTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    /** Less by the millisecond that a wait may be rounded down by. */
    private static final long GATHER_NANOS = 99_000_000;

    private final CountDownLatch failed = new CountDownLatch(1);

    @Test
    void bytesComeOutInOrder() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputQueue queue = queue(new StreamTarget("memory", out), 1_000_000);
        byte[] reused = new byte[3];
        for (int i = 0; i < 1_000; i++) {
            reused[1] = (byte) i;
            assertThat(queue.offer(reused, 1, 1)).isTrue();
        }

        assertThat(queue.finish(BOUND)).isTrue();
        assertThat(out.size()).isEqualTo(1_000);
        for (int i = 0; i < 1_000; i++) {
            assertThat(out.toByteArray()[i]).isEqualTo((byte) i);
        }
        assertThat(queue.writtenBytes()).isEqualTo(1_000);
        assertThat(queue.droppedBytes()).isZero();
    }

    @Test
    void aBlockedOutputLosesWhatDoesNotFitAndBlocksNobody() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        OutputQueue queue = queue(new StreamTarget("pipe", blocked(writing, release)), 100);
        queue.offer(new byte[10], 0, 10);
        writing.await();

        assertThat(queue.offer(new byte[100], 0, 100)).isTrue();
        assertThat(queue.offer(new byte[1], 0, 1)).isFalse();
        assertThat(queue.droppedBytes()).isEqualTo(1);

        release.countDown();
        assertThat(queue.finish(BOUND)).isTrue();
        assertThat(queue.writtenBytes()).isEqualTo(110);
    }

    @Test
    void anOutputThatNeverTakesItsBytesIsGivenUp() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        OutputQueue queue = queue(new StreamTarget("pipe", blocked(writing, release)), 100);
        queue.offer(new byte[10], 0, 10);
        writing.await();
        queue.offer(new byte[20], 0, 20);

        assertThat(queue.finish(Duration.ofMillis(1))).isFalse();
        assertThat(queue.droppedBytes()).isEqualTo(20);
        release.countDown();
    }

    @Test
    void whatComesAfterAWriteIsLetGatherForATenthOfASecond() throws Exception {
        Chronicle out = new Chronicle();
        OutputQueue queue = queue(out, 1_000);
        for (int written = 1; written <= 3; written++) {
            queue.offer(new byte[1], 0, 1);
            awaitWritten(queue, written);
        }
        assertThat(queue.finish(BOUND)).isTrue();
        assertThat(out.pauses()).hasSize(2).allMatch(pause -> pause >= GATHER_NANOS);
    }

    /** A busy machine may be slow now and then, but not each time. */
    @Test
    void theEndCutsTheWaitShort() throws Exception {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20 && shortest >= GATHER_NANOS / 2; i++) {
            Chronicle out = new Chronicle();
            OutputQueue queue = queue(out, 1_000);
            queue.offer(new byte[1], 0, 1);
            awaitWritten(queue, 1);
            queue.offer(new byte[1], 0, 1);
            assertThat(queue.finish(BOUND)).isTrue();
            shortest = Math.min(shortest, out.pauses().getFirst());
        }
        assertThat(shortest).isLessThan(GATHER_NANOS / 2);
    }

    @Test
    void whatIsOfferedAfterTheEndIsRefusedAndNotCountedAsDropped() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputQueue queue = queue(new StreamTarget("memory", out), 10);
        queue.offer(new byte[5], 0, 5);
        assertThat(queue.finish(BOUND)).isTrue();
        assertThat(queue.offer(new byte[5], 0, 5)).isFalse();
        assertThat(queue.offer(new byte[50], 0, 50)).isFalse();
        assertThat(queue.droppedBytes()).isZero();
        assertThat(out.size()).isEqualTo(5);
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "this system has a disk that is full");
        OutputQueue queue = queue(StreamTarget.file("/dev/full"), 1_000_000);
        queue.offer(new byte[5_000], 0, 5_000);
        failed.await();

        OutputFailure failure = queue.failure().orElseThrow();
        assertThat(failure.message()).contains("/dev/full").contains("make room");
        assertThat(failure.readerGone()).isFalse();
        assertThat(queue.offer(new byte[1], 0, 1)).isFalse();
        assertThat(queue.finish(BOUND)).isTrue();
    }

    @Test
    void aClosedPlayerIsNoFault() throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        OutputQueue queue = queue(new StreamTarget("standard output", closed), 1_000);
        queue.offer(new byte[1], 0, 1);
        failed.await();

        assertThat(queue.failure().orElseThrow().readerGone()).isTrue();
    }

    @Test
    void udpGetsSevenPacketsADatagram() throws Exception {
        try (DatagramSocket player =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            InetSocketAddress address = (InetSocketAddress) player.getLocalSocketAddress();
            OutputQueue queue = queue(UdpTarget.open(address), 100_000);
            queue.offer(new byte[10 * 188], 0, 10 * 188);
            assertThat(queue.finish(BOUND)).isTrue();

            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            player.receive(packet);
            assertThat(packet.getLength()).isEqualTo(7 * 188);
            player.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3 * 188);
        }
    }

    private OutputQueue queue(OutputTarget target, int limitBytes) {
        return new OutputQueue(target, limitBytes, failed::countDown).start();
    }

    /** The bytes are counted by whoever lets the next gather, before anybody sees the count. */
    private static void awaitWritten(OutputQueue queue, long bytes) {
        while (queue.writtenBytes() < bytes) {
            Thread.onSpinWait();
        }
    }

    /** Keeps when it was written to. */
    private static final class Chronicle implements OutputTarget {
        private final List<Long> times = new ArrayList<>();

        @Override
        public void write(byte[] bytes) {
            times.add(System.nanoTime());
        }

        /** Nanoseconds between writes, once the queue is finished. */
        List<Long> pauses() {
            List<Long> pauses = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                pauses.add(times.get(i) - times.get(i - 1));
            }
            return pauses;
        }

        @Override
        public String name() {
            return "chronicle";
        }

        @Override
        public void close() {}
    }

    private static OutputStream blocked(CountDownLatch writing, CountDownLatch release) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                writing.countDown();
                try {
                    release.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
            }
        };
    }
}
