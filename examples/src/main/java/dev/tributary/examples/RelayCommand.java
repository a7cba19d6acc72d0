// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.NodeOptions;
import dev.tributary.transport.StreamLink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Carries streams for others without playing them. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Helps to carry one or more streams, without playing them.",
        footer = {
            "",
            "Runs until its last stream ends, or SIGTERM or Ctrl-C: then it hands its receivers",
            "over and leaves. Exit code: 0, or 1 when a stream could not be joined.",
            "",
            "Examples:",
            "  tributary relay film.link",
            "  tributary relay film.link news.link --listen 0.0.0.0:7001 --upload-mbps 100",
            "  tributary relay news.link --key relay1.key --ticket relay1.ticket"
        })
final class RelayCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "LINK|LINKFILE",
            description = "links that publish printed, or the files it wrote")
    private List<String> links = new ArrayList<>();

    @Mixin
    private final NodeMixin own = new NodeMixin();

    @Mixin
    private final TicketMixin tickets = new TicketMixin();

    @Option(
            names = "--upload-mbps",
            paramLabel = "M",
            description = "most that is sent, all streams together, in Mbit/s (default: 5 x the "
                    + "first stream)")
    private @Nullable Double uploadMbps;

    @Spec
    private @Nullable CommandSpec spec;

    private final Interruption interruption;

    RelayCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (uploadMbps != null && !(uploadMbps > 0)) {
            throw Usage.wrong(
                    spec,
                    "--upload-mbps must be above 0, or the relay carries nothing;" + " not "
                            + uploadMbps);
        }
        List<StreamLink> streams = new ArrayList<>();
        for (String link : links) {
            try {
                streams.add(LinkFile.read(link));
            } catch (IllegalArgumentException wrong) {
                throw Usage.wrong(spec, String.valueOf(wrong.getMessage()));
            }
        }
        long upload =
                uploadMbps == null ? NodeOptions.DEFAULT_UPLOAD : Math.round(uploadMbps * 1e6);
        Credentials credentials = tickets.read();
        try (LiveNode node = LiveNode.open(own.choices(upload, credentials.key()))) {
            interruption.onSignal(node::close);
            return new RelayRun(node.node(), streams, credentials).run();
        }
    }
}
