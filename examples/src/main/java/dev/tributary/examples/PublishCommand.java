// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes a file or a live input as a stream. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Publishes one live stream and prints its link, alone, on standard output.",
        footer = {
            "",
            "A file of MPEG-TS is paced in real time by its clock references (PCR), anything else",
            "by --bitrate. Standard input and UDP are taken as they come. The input's end ends",
            "the stream; then, and on SIGTERM or Ctrl-C, viewers end in good order.",
            "",
            "With --key the link stays good for the next run, as long as that has the same --name,",
            "--listen with a port, --k and --n.",
            "",
            "Examples:",
            "  tributary publish --input film.ts --link-file film.link",
            "  tributary publish --input film.ts --loop --listen 0.0.0.0:7000 --upload-mbps 20",
            "  ffmpeg -re -i film.mp4 -c copy -f mpegts - | tributary publish --input -",
            "  tributary publish --input udp://@239.1.1.1:5000 --bitrate 4M --name news",
            "  tributary publish --input sound.mp3 --bitrate 128k --k 4",
            "  tributary publish --input film.ts --key news.key --name news --listen 0.0.0.0:7000",
            "  tributary publish --input film.ts --key news.key --name news --closed --encrypt"
        })
final class PublishCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            required = true,
            paramLabel = "FILE|-|udp://[@]HOST:PORT",
            description = "what to publish; - is standard input; a multicast group is joined")
    private String input = "";

    @Option(names = "--loop", description = "start the file again at its end, for ever")
    private boolean loop;

    @Mixin
    private final NodeMixin own = new NodeMixin();

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "substreams that make the stream (default: 8, under 300 kbit/s 4)")
    private @Nullable Integer k;

    @Option(
            names = "--n",
            paramLabel = "N",
            description = "substreams there can be, up to 255 (default: 4 x K)")
    private @Nullable Integer n;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the stream's name (default: the file's, else live)")
    private @Nullable String name;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "publish under the key that keygen made (default: a fresh one, so that "
                    + "the link ends with the stream)")
    private @Nullable Path keyFile;

    @Option(
            names = "--closed",
            description = "let in only nodes with a ticket that the key has signed; see 'tributary "
                    + "ticket'")
    private boolean closed;

    @Option(
            names = "--encrypt",
            description = "encrypt the stream before it is coded: others carry what they cannot "
                    + "play; the content keys come with tickets")
    private boolean encrypt;

    @Option(
            names = "--delay",
            paramLabel = "D",
            converter = Converters.OfDuration.class,
            description = "how far behind the source all viewers play (default: 2s)")
    private @Nullable Duration delay;

    @Option(
            names = "--bitrate",
            paramLabel = "RATE",
            converter = Converters.OfBitrate.class,
            description = "peak bits per second, such as 2M or 800k (default: measured); paces a "
                    + "file that has no clock of its own")
    private @Nullable Long bitrate;

    @Option(
            names = "--upload-mbps",
            paramLabel = "M",
            description = "most that is sent, in Mbit/s (default: 3 x the stream)")
    private @Nullable Double uploadMbps;

    @Option(
            names = "--link-file",
            paramLabel = "PATH",
            description = "also write the link here, whole at once, when ready to serve")
    private @Nullable Path linkFile;

    @Spec
    private @Nullable CommandSpec spec;

    private final Interruption interruption;

    PublishCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        InputName source = source();
        checkCode();
        checkRates();
        if (loop && !(source instanceof InputName.File)) {
            throw wrong("--loop needs a file, and '" + input + "' cannot be read twice");
        }
        SigningKey key = Keys.read(keyFile);
        if ((closed || encrypt) && key == null) {
            throw wrong((closed ? "--closed" : "--encrypt") + " needs --key: whoever has the key"
                    + " signs the tickets; 'tributary keygen FILE' makes one");
        }
        Duration target = delay == null ? Duration.ofSeconds(2) : delay;
        Publishing publishing = new Publishing(
                new StreamChoices(name, key, k, n, target, bitrate, closed, encrypt),
                own.choices(
                        uploadMbps == null
                                ? NodeOptions.DEFAULT_UPLOAD
                                : Math.round(uploadMbps * 1e6),
                        null),
                linkFile,
                interruption);
        publishing.run(source, loop);
        return 0;
    }

    private InputName source() {
        try {
            return InputName.parse(input);
        } catch (IllegalArgumentException wrong) {
            throw wrong("--input: " + wrong.getMessage());
        }
    }

    private void checkCode() {
        int most = StreamChoices.MOST_SYMBOLS;
        if (k != null && (k < 1 || k > StreamChoices.MOST_K)) {
            throw wrong("--k must be 1 to " + StreamChoices.MOST_K + ", not " + k);
        }
        if (n != null && (n < 1 || n > most)) {
            throw wrong("--n must be 1 to " + most + ", not " + n);
        }
        if (n != null && n < (k == null ? 1 : k)) {
            throw wrong("--n must be at least K: of " + n + " different substreams a viewer cannot"
                    + " take " + k + "; raise --n or lower --k");
        }
    }

    private void checkRates() {
        if (bitrate != null && bitrate < StreamChoices.LEAST_BITS_PER_SECOND) {
            throw wrong("--bitrate must be at least 1k, not " + bitrate + " bits per second");
        }
        if (uploadMbps != null && !(uploadMbps > 0)) {
            throw wrong("--upload-mbps must be above 0, for nobody could watch; not " + uploadMbps);
        }
        if (delay != null && (delay.toMillis() < 100 || delay.toMillis() > 60_000)) {
            throw wrong("--delay must be 100ms to 60s, not " + delay.toMillis() + "ms");
        }
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
