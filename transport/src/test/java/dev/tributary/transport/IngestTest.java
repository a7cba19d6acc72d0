// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class IngestTest {
    private final Ingest ingest = new Ingest();

    @Test
    void theLoopIsToldOnceAndTakesEverythingInOrder() {
        assertThat(ingest.mark(Ingest.Kind.BOUNDARY)).isTrue();
        assertThat(ingest.write(new byte[] {9, 1, 2, 9}, 1, 2, true)).isFalse();
        ingest.mark(Ingest.Kind.JOIN_POINT);
        ingest.write(new byte[] {3}, 0, 1, true);
        Ingest.Batch batch = ingest.take();
        assertThat(Arrays.copyOf(batch.bytes(), batch.length())).containsExactly(1, 2, 3);
        assertThat(batch.marks())
                .containsExactly(
                        new Ingest.Mark(Ingest.Kind.BOUNDARY, 0),
                        new Ingest.Mark(Ingest.Kind.JOIN_POINT, 2));
        assertThat(ingest.write(new byte[1], 0, 1, true)).isTrue();
        assertThat(ingest.take().length()).isEqualTo(1);
    }

    @Test
    void aBatchLastsUntilTheNextOneIsTaken() {
        ingest.write(new byte[] {1}, 0, 1, true);
        Ingest.Batch first = ingest.take();
        ingest.write(new byte[] {2}, 0, 1, true);
        assertThat(first.bytes()[0]).isEqualTo((byte) 1);
        assertThat(ingest.take().bytes()[0]).isEqualTo((byte) 2);
    }

    @Test
    void nothingComesAfterTheEnd() {
        ingest.mark(Ingest.Kind.END);
        assertThatThrownBy(() -> ingest.write(new byte[1], 0, 1, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void aWriterThatIsFarAheadWaitsForTheLoop() {
        byte[] much = new byte[Ingest.MAX_PENDING_BYTES];
        ingest.write(much, 0, much.length, true);
        CompletableFuture<Boolean> writer =
                CompletableFuture.supplyAsync(() -> ingest.write(much, 0, 1, true));
        assertThat(ingest.take().length()).isGreaterThanOrEqualTo(much.length);
        writer.join();
    }

    @Test
    void aWriterThatWaitsIsToldOfTheClose() {
        byte[] much = new byte[Ingest.MAX_PENDING_BYTES];
        ingest.write(much, 0, much.length, true);
        CompletableFuture<Boolean> writer =
                CompletableFuture.supplyAsync(() -> ingest.write(much, 0, 1, true));
        ingest.close("the node is closed");
        assertThatThrownBy(writer::join)
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("the node is closed");
    }
}
