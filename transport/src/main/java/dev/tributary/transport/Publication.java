// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.core.Node;
import dev.tributary.transport.core.Outbox;
import dev.tributary.transport.core.StreamNode;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A stream that this node broadcasts. Any thread may write; calls take effect in their order. */
public final class Publication {
    private final StreamHandle handle;
    private final StreamLink link;
    private final Ingest ingest = new Ingest();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the input
    Publication(StreamHandle handle, StreamLink link) {
        this.handle = handle;
        this.link = link;
        handle.playback().done().whenComplete((nothing, problem) -> close(problem));
    }

    /** What others need to take part. */
    public StreamLink link() {
        return link;
    }

    /**
     * Adds bytes to the stream. They are copied before it returns; it waits only while some MB wait
     * already.
     *
     * @throws IllegalStateException after the end, or when the node is closed or has failed
     */
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (ingest.write(bytes, offset, length, !handle.driver().onLoop())) {
            schedule();
        }
    }

    /** The next byte starts a new block; for MPEG-TS before each PAT. */
    public void boundary() {
        mark(Ingest.Kind.BOUNDARY);
    }

    /** A player may start at the block that the last boundary opened. */
    public void joinPoint() {
        mark(Ingest.Kind.JOIN_POINT);
    }

    /**
     * Closes the last block and tells everybody. Completes when viewers have had time to take the
     * rest: the target delay and half a second.
     */
    public CompletionStage<Void> end() {
        mark(Ingest.Kind.END);
        return ended.minimalCompletionStage();
    }

    /**
     * What has happened so far; any thread may ask. Waits for the event loop, briefly.
     *
     * @throws IllegalStateException if the node was closed before anybody had asked
     */
    public StreamStats stats() {
        return handle.stats();
    }

    private void mark(Ingest.Kind kind) {
        if (ingest.mark(kind)) {
            schedule();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the input
    private void schedule() {
        handle.driver().call(this::drain).whenComplete((all, problem) -> close(problem));
    }

    private void close(@Nullable Throwable problem) {
        if (problem != null) {
            ingest.close("nothing more can be published: " + problem.getMessage());
            ended.completeExceptionally(problem);
        }
    }

    private Boolean drain(long now, Node node, Outbox out) {
        StreamNode stream = handle.playback().stream();
        Ingest.Batch batch = ingest.take();
        int position = 0;
        for (Ingest.Mark mark : batch.marks()) {
            if (mark.position() > position) {
                stream.write(now, batch.bytes(), position, mark.position() - position, out);
                position = mark.position();
            }
            apply(mark.kind(), now, stream, out);
        }
        if (batch.length() > position) {
            stream.write(now, batch.bytes(), position, batch.length() - position, out);
        }
        return true;
    }

    private void apply(Ingest.Kind kind, long now, StreamNode stream, Outbox out) {
        switch (kind) {
            case BOUNDARY -> stream.boundary(now, out);
            case JOIN_POINT -> stream.joinPoint();
            case END -> {
                stream.end(now, out);
                long rest = handle.playback().restNanos();
                handle.driver().after(rest, () -> ended.complete(null));
            }
        }
    }
}
