// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.media.BlockSink;
import dev.tributary.examples.media.ByteSink;
import dev.tributary.examples.media.FileStretches;
import dev.tributary.examples.media.LiveInput;
import dev.tributary.examples.media.OpeningSecond;
import dev.tributary.examples.media.PaceClock;
import dev.tributary.examples.media.Pacer;
import dev.tributary.examples.media.PlainBytes;
import dev.tributary.examples.media.StretchSource;
import dev.tributary.examples.media.Survey;
import dev.tributary.examples.media.TsScanner;
import dev.tributary.examples.media.UdpInput;
import dev.tributary.transport.Publication;
import dev.tributary.transport.PublishOptions;
import dev.tributary.transport.SigningKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of a publisher, from the look at its input to the last viewer's last block. */
final class Publishing {
    /** What viewers may need beyond their delay to take the last blocks. */
    private static final Duration END_GRACE = Duration.ofSeconds(10);

    private static final Duration END_ON_SIGNAL = Duration.ofMillis(400);

    private static final int READ_BYTES = 1 << 16;

    /** A measured second is not the highest one: room for the next. */
    private static final double MEASURED_HEADROOM = 1.1;

    private interface Feed {
        void run() throws IOException, InterruptedException;
    }

    private final StreamChoices choices;
    private final NodeChoices own;
    private final @Nullable Path linkFile;
    private final Interruption interruption;
    private final AtomicBoolean ended = new AtomicBoolean();

    Publishing(
            StreamChoices choices,
            NodeChoices own,
            @Nullable Path linkFile,
            Interruption interruption) {
        this.choices = choices;
        this.own = own;
        this.linkFile = linkFile;
        this.interruption = interruption;
    }

    void run(InputName input, boolean loop) throws InterruptedException {
        try {
            switch (input) {
                case InputName.File file -> file(input, file.path(), loop);
                case InputName.StandardInput standard -> live(input, LiveInput.standardInput());
                case InputName.Udp udp -> udp(input, udp.address());
            }
        } catch (IllegalStateException nodeStopped) {
            if (!interruption.leaving()) {
                throw new CommandFailure(String.valueOf(nodeStopped.getMessage()));
            }
        } catch (IOException failed) {
            throw new CommandFailure("the input failed: " + failed.getMessage()
                    + "; what was read until then has been published");
        }
    }

    private void file(InputName input, Path path, boolean loop)
            throws IOException, InterruptedException {
        InputFiles.check(path);
        if (!Files.isRegularFile(path)) {
            if (loop) {
                throw new CommandFailure("'" + path + "' is no plain file, so --loop cannot start "
                        + "it again; leave --loop out");
            }
            live(input, LiveInput.of(Files.newInputStream(path)));
            return;
        }
        FileStretches.Opener opener = () -> Files.newInputStream(path);
        Survey survey = Survey.of(opener);
        Long bitrate = choices.bitrate();
        boolean ownClock = survey.peakBitsPerSecond() > 0;
        if (!ownClock && bitrate == null) {
            throw InputFiles.withoutClock(path, survey.mpegTs());
        }
        long rate = bitrate != null ? bitrate : survey.peakBitsPerSecond();
        OptionalLong pace = ownClock ? OptionalLong.empty() : OptionalLong.of(rate);
        try (LiveNode node = LiveNode.open(own);
                StretchSource stretches = new FileStretches(opener, pace, loop)) {
            PublishOptions options = options(node, input, survey.mpegTs(), rate);
            Publication publication = announce(node, options);
            ByteSink sink = sink(publication, options);
            PaceClock clock = PaceClock.system();
            Pacer pacer = survey.mpegTs() ? Pacer.ofTs(clock, sink) : Pacer.ofBytes(clock, sink);
            feed(publication, () -> pacer.run(stretches));
        }
    }

    private void udp(InputName input, InetSocketAddress address)
            throws IOException, InterruptedException {
        UdpInput datagrams;
        try {
            datagrams = UdpInput.open(address);
        } catch (IOException failed) {
            throw new CommandFailure("cannot receive on " + address + ": " + failed.getMessage()
                    + "; choose an address of this machine, a free port, or a multicast group");
        }
        live(input, datagrams);
    }

    private void live(InputName input, LiveInput bytes) throws IOException, InterruptedException {
        // What comes is not known before it comes, and the link should not wait for it: whole
        // packets of 188 bytes do no harm to an input that has none.
        try (bytes;
                LiveNode node = LiveNode.open(own)) {
            Long bitrate = choices.bitrate();
            OpeningSecond opening = bitrate == null ? measure(bytes) : OpeningSecond.NONE;
            long rate = bitrate != null
                    ? bitrate
                    : Math.round(opening.bitsPerSecond() * MEASURED_HEADROOM);
            PublishOptions options = options(node, input, true, rate);
            Publication publication = announce(node, options);
            ByteSink sink = sink(publication, options);
            sink.write(opening.bytes(), 0, opening.length());
            InputWatch watch = new InputWatch(rate);
            watch.onBytes(System.nanoTime(), opening.length());
            feed(publication, () -> copy(bytes, sink, watch));
        }
    }

    private static void copy(LiveInput bytes, ByteSink sink, InputWatch watch) throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        int read = bytes.read(buffer, 0);
        while (read >= 0) {
            sink.write(buffer, 0, read);
            watch.onBytes(System.nanoTime(), read);
            read = bytes.read(buffer, 0);
        }
        sink.finish();
    }

    private static OpeningSecond measure(LiveInput bytes) throws IOException {
        Terminal.say("measuring the rate of the input for a second; --bitrate would set it");
        OpeningSecond opening = OpeningSecond.read(bytes, PaceClock.system());
        if (opening.length() == 0) {
            throw new CommandFailure("the input ended before its first byte: nothing to publish");
        }
        if (opening.bitsPerSecond() == 0) {
            throw new CommandFailure("the input ended at once, so its rate could not be measured;"
                    + " give --bitrate, such as --bitrate 2M");
        }
        return opening;
    }

    private PublishOptions options(LiveNode node, InputName input, boolean mpegTs, long rate)
            throws IOException {
        return choices.options(
                input, mpegTs, rate, LocalAddresses.reaching(node.node().address()));
    }

    private Publication announce(LiveNode node, PublishOptions options) {
        SigningKey kept = choices.key();
        Publication publication =
                kept == null ? node.node().publish(options) : node.node().publish(options, kept);
        interruption.onSignal(() -> {
            endWithin(publication, END_ON_SIGNAL);
            node.close();
        });
        if (linkFile != null) {
            try {
                WholeFile.write(linkFile, publication.link() + "\n");
            } catch (IOException failed) {
                throw new CommandFailure("cannot write the link file '" + linkFile + "': "
                        + FileTrouble.reason(failed)
                        + "; choose a --link-file in a folder that can be written");
            }
        }
        System.out.println(publication.link());
        System.out.flush();
        Terminal.say(String.format(
                Locale.ROOT,
                "publishing '%s': %.2f Mbit/s at its peak, any %d of %d substreams, delay %d ms",
                options.name(),
                options.bitsPerSecond() / 1e6,
                options.k(),
                options.n(),
                options.delay().toMillis()));
        if (options.closed()) {
            Terminal.say(
                    "the stream is closed: 'tributary ticket --key FILE --name NAME --holder KEY'"
                            + " lets a node in");
        }
        if (options.encrypted()) {
            Terminal.say("the stream is encrypted: a ticket with --content-keys lets a viewer"
                    + " play it");
        }
        if (kept == null) {
            Terminal.say("this link ends with the stream, for its key is fresh; 'tributary keygen"
                    + " FILE' and 'publish --key FILE' keep one");
        }
        return publication;
    }

    private static ByteSink sink(Publication publication, PublishOptions options) {
        BlockSink blocks = BlockSink.of(publication);
        return options.alignment() == 1
                ? new PlainBytes(blocks)
                : new TsScanner(blocks, StreamChoices.blockBytes(options));
    }

    /** However the input ends, viewers get what was there, and learn that it is over. */
    private void feed(Publication publication, Feed feed) throws IOException, InterruptedException {
        try {
            feed.run();
        } finally {
            end(publication);
        }
    }

    private void end(Publication publication) {
        if (!endWithin(publication, choices.delay().plus(END_GRACE))) {
            Terminal.say("some viewers may not have got the last blocks: they took too long");
        }
    }

    /** The input and a signal may both end the stream: the first one does. */
    private boolean endWithin(Publication publication, Duration bound) {
        return !ended.compareAndSet(false, true) || LiveNode.await(publication.end(), bound);
    }
}
