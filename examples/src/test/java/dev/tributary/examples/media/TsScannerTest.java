// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TsScannerTest {
    private static final int BLOCK_BYTES = 8 * 1_152;

    private static final class Recorder implements BlockSink {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<String> marks = new ArrayList<>();

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public void boundary() {
            marks.add("block at " + bytes.size());
        }

        @Override
        public void joinPoint() {
            marks.add("join");
        }
    }

    private final Recorder recorder = new Recorder();
    private final TsScanner scanner = new TsScanner(recorder, BLOCK_BYTES);

    @Test
    void aBlockStartsBeforeEachPat() {
        scanAtOnce(new TsBytes().pat().pmt().filler(8).pat().filler(2));

        assertThat(recorder.marks).containsExactly("block at 0", "join", "block at 1880");
    }

    @Test
    void theStreamsFirstBlockIsAJoinPointAndHoldsWhatStandsBeforeTheFirstPat() {
        scanAtOnce(new TsBytes().filler(1).pat().pmt().filler(100).pat().filler(2));

        assertThat(recorder.marks).containsExactly("block at 0", "join", "block at 19364");
    }

    @Test
    void aLatePatStartsABlockOfItsOwn() {
        scanAtOnce(new TsBytes().filler(20).pat().pmt().filler(5));

        assertThat(recorder.marks).containsExactly("block at 0", "join", "block at 3760");
    }

    @Test
    void aKeyframeAfterItsTablesMakesAJoinPoint() {
        TsBytes ts =
                afterTheFirstBlock().pat().pmt().keyframe(TsBytes.VIDEO_PID).filler(9);
        scanAtOnce(ts.pat().pmt().filler(9));

        assertThat(recorder.marks).endsWith("block at 1880", "join", "block at 4136");
    }

    @Test
    void aKeyframeInALaterBlockThanItsPatMakesNone() {
        TsBytes ts = afterTheFirstBlock().pat().pmt().filler(47);
        scanAtOnce(ts.keyframe(TsBytes.VIDEO_PID).filler(9));

        assertThat(recorder.marks).endsWith("block at 1880");
    }

    @Test
    void theLastPacketOfABlockMayHoldTheKeyframe() {
        TsBytes ts = afterTheFirstBlock().pat().pmt().filler(46);
        scanAtOnce(ts.keyframe(TsBytes.VIDEO_PID).filler(9));

        assertThat(recorder.marks).endsWith("block at 1880", "join");
    }

    @Test
    void randomAccessOfSoundAloneMakesNoJoinPoint() {
        scanAtOnce(afterTheFirstBlock().pat().pmt().keyframe(TsBytes.AUDIO_PID).filler(9));

        assertThat(recorder.marks).endsWith("block at 1880");
    }

    @Test
    void packetsAreFoundAgainAfterGarbage() {
        TsBytes ts = new TsBytes().garbage(333).pat().pmt().filler(5).garbage(777);
        ts.pat().keyframe(TsBytes.VIDEO_PID).filler(3);
        scanAtOnce(ts);

        int second = 333 + 7 * 188 + 777;
        assertThat(recorder.marks)
                .containsExactly("block at 0", "join", "block at " + second, "join");
        assertThat(recorder.bytes.toByteArray()).isEqualTo(ts.bytes());
    }

    @Test
    void everyByteGoesThroughHoweverTheInputIsCut() {
        TsBytes ts = new TsBytes().garbage(100);
        for (int i = 0; i < 30; i++) {
            ts.pat().pmt().keyframe(TsBytes.VIDEO_PID).filler(i).garbage(i % 3 == 0 ? i : 0);
        }
        ts.garbage(99);
        scanAtOnce(ts);
        List<String> marks = List.copyOf(recorder.marks);

        for (int seed = 0; seed < 50; seed++) {
            Recorder cut = new Recorder();
            scanInPieces(ts.bytes(), new TsScanner(cut, BLOCK_BYTES), new Random(seed));

            assertThat(cut.bytes.toByteArray()).as("seed %d", seed).isEqualTo(ts.bytes());
            assertThat(cut.marks).as("seed %d", seed).isEqualTo(marks);
        }
    }

    @Test
    void randomBytesPassThrough() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(20_000)];
            random.nextBytes(bytes);
            Recorder cut = new Recorder();
            scanInPieces(bytes, new TsScanner(cut, BLOCK_BYTES), random);

            assertThat(cut.bytes.toByteArray()).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @Test
    void damagedTablesAreHarmless() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new TsBytes()
                    .pat()
                    .pmt()
                    .keyframe(TsBytes.VIDEO_PID)
                    .filler(2)
                    .bytes();
            for (int flips = 0; flips < 10; flips++) {
                int at = random.nextInt(bytes.length);
                bytes[at] = at % 188 == 0 ? bytes[at] : (byte) random.nextInt(256);
            }
            Recorder cut = new Recorder();
            scanInPieces(bytes, new TsScanner(cut, BLOCK_BYTES), random);

            assertThat(cut.bytes.toByteArray()).isEqualTo(bytes);
        }
    }

    /** Its PAT does not count, since the first block is marked in any case. */
    private static TsBytes afterTheFirstBlock() {
        return new TsBytes().pat().pmt().filler(8);
    }

    private void scanAtOnce(TsBytes ts) {
        byte[] bytes = ts.bytes();
        scanner.write(bytes, 0, bytes.length);
        scanner.finish();
    }

    private static void scanInPieces(byte[] bytes, TsScanner scanner, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(600));
            scanner.write(bytes, at, length);
            at += length;
        }
        scanner.finish();
    }
}
