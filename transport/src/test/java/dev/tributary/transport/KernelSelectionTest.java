// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class KernelSelectionTest {
    @Test
    void theKernelIsSelectedOnceHoweverManyNodesRunAndOnAThreadThatKeepsNoProgramAlive() {
        List<Thread> selectedOn = new CopyOnWriteArrayList<>();
        KernelSelection selection = new KernelSelection(
                Duration.ofMillis(20), () -> selectedOn.add(Thread.currentThread()));
        selection.begin();
        assertThat(selectedOn).as("at the start of a node").isEmpty();
        selection.begin();
        await().until(() -> !selectedOn.isEmpty());
        Thread thread = selectedOn.getFirst();
        assertThat(thread).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();
        await().until(() -> !thread.isAlive());
        assertThat(selectedOn).hasSize(1);
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
