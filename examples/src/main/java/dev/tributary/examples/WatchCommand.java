// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.StreamLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Watches a stream. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Watches a stream, and serves it to other viewers meanwhile.",
        footer = {
            "",
            "Exit code: 0 at the end of the stream, on SIGTERM or Ctrl-C, or when the player was",
            "closed; 1 when the stream could not be joined, or the output lost something.",
            "",
            "Examples:",
            "  tributary watch film.link --output - | ffplay -",
            "  tributary watch film.link --output film.ts --stats-file stats.jsonl",
            "  tributary watch film.link --output udp://127.0.0.1:5000 --upload-mbps 3",
            "  tributary watch 'tributary://...' --no-upload --delay 4s --output -",
            "  tributary watch news.link --key ann.key --ticket ann.ticket --output - | ffplay -"
        })
final class WatchCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "LINK|LINKFILE",
            description = "the link that publish printed, or the file it wrote")
    private String link = "";

    @Mixin
    private final NodeMixin own = new NodeMixin();

    @Mixin
    private final TicketMixin tickets = new TicketMixin();

    @Option(
            names = "--output",
            paramLabel = "FILE|-|udp://HOST:PORT",
            description = "where the played bytes go; - is standard output (default: nowhere)")
    private @Nullable String output;

    @Option(
            names = "--upload-mbps",
            paramLabel = "M",
            description =
                    "most that is sent to others, in Mbit/s (default: about 1.4 x the stream)")
    private @Nullable Double uploadMbps;

    @Option(names = "--no-upload", description = "send nothing of the stream to others")
    private boolean noUpload;

    @Option(
            names = "--delay",
            paramLabel = "D",
            converter = Converters.OfDuration.class,
            description = "how far behind the source to play (default: the stream's own)")
    private @Nullable Duration delay;

    @Option(
            names = "--stats-file",
            paramLabel = "PATH",
            description = "write a JSON object each second, and a last one at the end")
    private @Nullable Path statsFile;

    @Spec
    private @Nullable CommandSpec spec;

    private final Interruption interruption;

    WatchCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (noUpload && uploadMbps != null) {
            throw wrong("--no-upload and --upload-mbps exclude each other; give one of them");
        }
        if (uploadMbps != null && !(uploadMbps >= 0)) {
            throw wrong("--upload-mbps must be 0 or more, not " + uploadMbps);
        }
        if (delay != null && (delay.toMillis() < 100 || delay.toMillis() > 60_000)) {
            throw wrong("--delay must be 100ms to 60s, not " + delay.toMillis() + "ms");
        }
        StreamLink stream = link();
        OutputName outputName = outputName();
        Credentials credentials = tickets.read();
        Watching watching = Watching.open(stream, outputName, statsFile);
        interruption.onSignal(watching::interrupt);
        return watching.run(
                own.choices(uploadBitsPerSecond(), credentials.key()),
                Optional.ofNullable(delay),
                credentials);
    }

    private StreamLink link() {
        try {
            return LinkFile.read(link);
        } catch (IllegalArgumentException wrong) {
            throw wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private OutputName outputName() {
        try {
            return OutputName.parse(output);
        } catch (IllegalArgumentException wrong) {
            throw wrong("--output: " + wrong.getMessage());
        }
    }

    private long uploadBitsPerSecond() {
        if (noUpload) {
            return 0;
        }
        return uploadMbps == null ? NodeOptions.DEFAULT_UPLOAD : Math.round(uploadMbps * 1e6);
    }

    private ParameterException wrong(String message) {
        return Usage.wrong(spec, message);
    }
}
