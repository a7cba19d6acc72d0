// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.TributaryNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A node that leaves in good order when it is closed, within a bounded time. */
final class LiveNode implements AutoCloseable {
    private static final Duration LEAVING = Duration.ofMillis(1_500);

    private final TributaryNode node;
    private final @Nullable FlightRecordFile record;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LiveNode(TributaryNode node, @Nullable FlightRecordFile record) {
        this.node = node;
        this.record = record;
    }

    static LiveNode open(NodeChoices choices) {
        Path file = choices.recordFile();
        FlightRecordFile record = file == null ? null : FlightRecordFile.create(file);
        try {
            NodeOptions options = new NodeOptions(
                    choices.listen(),
                    choices.uploadBitsPerSecond(),
                    OptionalLong.empty(),
                    Optional.ofNullable(choices.key()));
            return new LiveNode(TributaryNode.open(options), record);
        } catch (IOException failed) {
            throw new CommandFailure(String.valueOf(failed.getMessage()));
        }
    }

    TributaryNode node() {
        return node;
    }

    /** Adds what happened since the last time to the flight record, where one is kept. */
    void record() {
        if (record != null) {
            record.add(node);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(node.leave(), LEAVING);
            record();
            if (record != null) {
                record.close();
            }
            node.close();
        }
    }

    /** Whether it completed well in time. */
    static boolean await(CompletionStage<Void> stage, Duration bound) {
        try {
            stage.toCompletableFuture().get(bound.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException notDone) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
