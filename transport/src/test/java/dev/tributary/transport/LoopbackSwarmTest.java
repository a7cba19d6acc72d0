// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on loopback, a few nodes in one process. */
final class LoopbackSwarmTest {
    private static final int SECONDS = 3;

    private final LoopbackStage stage = new LoopbackStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void viewersPlayWhatWasPublishedAndServeEachOther() throws Exception {
        byte[] media = LoopbackStage.media(SECONDS);
        Publication live = stage.open(5_000_000).publish(LoopbackStage.LIVE);
        List<Recording> recordings = new ArrayList<>();
        List<Viewing> viewings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Recording recording = new Recording();
            recordings.add(recording);
            viewings.add(stage.open(3_000_000).watch(live.link(), WatchOptions.usual(), recording));
        }
        for (Viewing viewing : viewings) {
            Patience.until(viewing::stats, LoopbackStage::hasAllSubstreams);
        }
        stage.roll(live, media).get(SECONDS + 5, TimeUnit.SECONDS);
        LoopbackStage.await(live.end());
        for (int i = 0; i < viewings.size(); i++) {
            LoopbackStage.await(viewings.get(i).done());
            assertThat(recordings.get(i).gaps()).isEmpty();
            assertThat(recordings.get(i).bytes().length).isEqualTo(media.length);
            assertThat(Arrays.mismatch(recordings.get(i).bytes(), media)).isNegative();
            assertThat(viewings.get(i).stats().bytesPlayed()).isEqualTo(media.length);
        }
        assertThat(viewings).anyMatch(viewing -> viewing.stats().wireBytesOut() > media.length / 4);
        assertThat(live.stats().wireBytesOut()).isLessThan(3L * media.length);
    }

    @Test
    void aSinkThatThrowsEndsItsOwnViewingOnly() throws Exception {
        byte[] media = LoopbackStage.media(1);
        Publication live = stage.open(10_000_000).publish(LoopbackStage.LIVE);
        Recording recording = new Recording();
        Viewing broken = stage.open(0).watch(live.link(), WatchOptions.usual(), new Broken());
        Viewing whole = stage.open(0).watch(live.link(), WatchOptions.usual(), recording);
        Patience.until(whole::stats, LoopbackStage::hasAllSubstreams);
        stage.roll(live, media).get(10, TimeUnit.SECONDS);
        LoopbackStage.await(live.end());
        LoopbackStage.await(whole.done());
        assertThat(Arrays.mismatch(recording.bytes(), media)).isNegative();
        assertThat(broken.done().toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("the disk is full");
    }

    /** A sink of an embedder with a bug. */
    private static final class Broken implements MediaSink {
        @Override
        public void onMedia(Media media) {
            throw new IllegalStateException("the disk is full");
        }

        @Override
        public void onGap(Gap gap) {}

        @Override
        public void onEnd() {}
    }
}
