// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class KernelSelectionTest {
    @Test
    void theKernelIsSelectedOnceHoweverManyNodesRunAndOnAThreadThatKeepsNoProgramAlive()
            throws InterruptedException {
        BlockingQueue<Thread> selectedOn = new LinkedBlockingQueue<>();
        KernelSelection selection = new KernelSelection(
                Duration.ofMillis(200), () -> selectedOn.add(Thread.currentThread()));
        selection.begin();
        assertThat(selectedOn).as("at the start of a node").isEmpty();
        selection.begin();
        Thread thread = selectedOn.poll(10, TimeUnit.SECONDS);
        assertThat(thread).isNotNull().isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        assertThat(selectedOn.poll(400, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aNodeThatRunsBeginsTheSelectionOfItsJvm() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (TributaryNode node = TributaryNode.open(NodeOptions.at(any))) {
            node.publish(PublishOptions.of("news", 2_000_000));
            assertThat(KernelSelection.OF_THIS_JVM.begun()).isTrue();
        }
    }
}
