// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import static dev.tributary.transport.core.SmallNet.MILLIS;
import static dev.tributary.transport.core.SmallNet.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.seal.NodeKey;
import dev.tributary.transport.sim.PlainSuite;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FeedTest {
    private final SmallNet net = SmallNet.usual(1);
    private final Station source = net.source(2);
    private final BlockStore blocks = source.stream.blocks;

    private Block block(long number) {
        return Objects.requireNonNull(blocks.find(number));
    }

    @Test
    void aBlockIsClosedWhenItIsFull() {
        net.publish(source, net.spec.blockBytes() - 1);
        assertThat(blocks.newest()).isEqualTo(-1);
        net.publish(source, 1);
        assertThat(blocks.newest()).isZero();
        assertThat(block(0).bytes()).isEqualTo(net.spec.blockBytes());
        assertThat(block(0).symbolBytes()).isEqualTo(net.spec.symbolBytes());
    }

    @Test
    void oneWriteMayFillSeveralBlocks() {
        net.publish(source, 5 * net.spec.blockBytes() + 3);
        assertThat(blocks.newest()).isEqualTo(4);
        net.run(SECOND);
        assertThat(blocks.newest()).isEqualTo(5);
        assertThat(block(5).bytes()).isEqualTo(3);
    }

    @Test
    void aBlockIsClosedAtABoundary() {
        net.publish(source, 1_000);
        source.boundary();
        assertThat(blocks.newest()).isZero();
        source.boundary();
        assertThat(blocks.newest()).isZero();
    }

    @Test
    void aBlockIsClosed100MillisecondsAfterItsFirstByte() {
        net.publish(source, 500);
        net.run(60 * MILLIS);
        net.publish(source, 500);
        net.run(39 * MILLIS);
        assertThat(blocks.newest()).isEqualTo(-1);
        net.run(2 * MILLIS);
        assertThat(blocks.newest()).isZero();
        assertThat(block(0).bytes()).isEqualTo(1_000);
    }

    @Test
    void aPartFilledBlockHasShorterSymbols() {
        int k = net.spec.k();
        int[] sizes = {1, k - 1, k, k + 1, 1_000, net.spec.blockBytes() - 1};
        for (int i = 0; i < sizes.length; i++) {
            net.publish(source, sizes[i]);
            source.boundary();
            assertThat(block(i).bytes()).isEqualTo(sizes[i]);
            assertThat(block(i).symbolBytes()).isEqualTo((sizes[i] + k - 1) / k);
        }
    }

    @Test
    void viewersPlayPartFilledBlocksByteForByte() {
        Station viewer = net.viewer(1.5, source);
        for (int i = 0; i < 200; i++) {
            net.publish(source, net.random.nextInt(1_500));
            if (net.random.nextInt(3) == 0) {
                source.boundary();
            }
            net.run(20 * MILLIS);
        }
        net.finish(source);
        assertThat(viewer.firstBlock).isZero();
        viewer.assertPlayedAll();
    }

    @Test
    void theFirstMarkMakesNoJoinPointOfTheBlockBeforeIt() {
        net.publish(source, 500);
        net.run(100 * MILLIS);
        net.publish(source, 500);
        source.boundary();
        assertThat(block(0).joinPoint()).isTrue();
        assertThat(block(1).joinPoint()).isFalse();
    }

    @Test
    void blocksHoldWholeUnitsOfTheAlignment() {
        NodeKey key = NodeKey.fresh(PlainSuite.INSTANCE, net.random);
        Node node = new Node(new NodeSettings(0), key, net.random.split());
        StreamNode stream = node.publish(0, net.spec, new Origin(net.key, 0, 188));
        byte[] packets = new byte[188 * 100];
        stream.write(0, packets, 0, packets.length, source);
        assertThat(stream.blocks.newest()).isPositive();
        for (long b = 0; b <= stream.blocks.newest(); b++) {
            Block block = Objects.requireNonNull(stream.blocks.find(b));
            assertThat(block.bytes() % 188).isZero();
            assertThat(block.bytes()).isGreaterThan(net.spec.blockBytes() - 188);
        }
    }

    @Test
    void sourceTimeIsWhenTheBlockWasClosedSinceTheStart() {
        net.run(3 * SECOND);
        net.publish(source, net.spec.blockBytes());
        assertThat(block(0).millis()).isEqualTo(3_000);
    }
}
