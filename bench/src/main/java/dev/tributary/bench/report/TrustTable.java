// SPDX-License-Identifier: Apache-2.0
package dev.tributary.bench.report;

import dev.tributary.transport.wire.Manifest;
import java.util.List;
import java.util.Optional;

/** What seals, signatures and digests take of a core, at the rates of a stream. */
final class TrustTable {
    private static final String SUITE = "SealBenchmark";
    private static final int K = 8;
    private static final int SYMBOL_BYTES = 1_152;

    /** A source signs so often; oftener when a manifest is full before that. */
    private static final double LEAST_MANIFESTS = 8;

    private static final List<Integer> MEGABITS = List.of(10, 100);

    /** One operation, and how often a second a viewer does it at a rate. */
    private enum Part {
        OPEN("open", "a symbol's datagram opened"),
        SEAL("seal", "a symbol's datagram sealed"),
        PROVE("proveBlock", "a block's digest compared"),
        VERIFY("verifyManifest", "a manifest's signature verified");

        private final String method;
        private final String words;

        Part(String method, String words) {
            this.method = method;
            this.words = words;
        }

        double perSecond(int megabits) {
            double symbols = megabits * 1e6 / 8 / SYMBOL_BYTES;
            double blocks = symbols / K;
            return switch (this) {
                case OPEN, SEAL -> symbols;
                case PROVE -> blocks;
                case VERIFY -> Math.max(LEAST_MANIFESTS, blocks / Manifest.capacity(K));
            };
        }
    }

    private final Results results;
    private final String run;

    /** Of a run, which is named above the table: it may be another one than that of the rest. */
    TrustTable(Results results, String run) {
        this.results = results;
        this.run = run;
    }

    String text() {
        Markdown text = new Markdown().line(run).line("");
        for (Part part : Part.values()) {
            if (nanos(part.method).isEmpty()) {
                return text.line("not part of this run").toString();
            }
        }
        text.line("A viewer with 8 of N and symbols of " + Markdown.whole(SYMBOL_BYTES) + " B"
                + " that uploads as many symbols as it receives: how often a second, and the share"
                + " of one core. A manifest has at most " + Manifest.capacity(K) + " blocks.");
        text.line("").head(head());
        for (Part part : Part.values()) {
            text.row(row(part));
        }
        text.row(List.of("all", "", "", share(MEGABITS.getFirst()), "", share(MEGABITS.getLast())));
        nanos("handshake")
                .ifPresent(nanos -> text.line("")
                        .line("A handshake takes both sides " + Markdown.time(nanos)
                                + " together."));
        nanos("turnBlock")
                .ifPresent(nanos -> text.line("")
                        .line("Where the stream is encrypted, " + Markdown.time(nanos)
                                + " more for each block, at the source and at who plays it: "
                                + encrypted(nanos, MEGABITS.getFirst()) + " of a core at "
                                + MEGABITS.getFirst() + " Mbit/s, "
                                + encrypted(nanos, MEGABITS.getLast()) + " at "
                                + MEGABITS.getLast() + "."));
        return text.toString();
    }

    private static String encrypted(double nanos, int megabits) {
        return Markdown.share(Part.PROVE.perSecond(megabits) * nanos / 1e9);
    }

    private static List<String> head() {
        return List.of(
                "what",
                "one",
                MEGABITS.getFirst() + " Mbit/s",
                "of a core",
                MEGABITS.getLast() + " Mbit/s",
                "of a core");
    }

    private List<String> row(Part part) {
        int slow = MEGABITS.getFirst();
        int fast = MEGABITS.getLast();
        return List.of(
                part.words,
                Markdown.time(nanos(part.method).orElseThrow()),
                Markdown.whole(part.perSecond(slow)),
                Markdown.share(share(part, slow)),
                Markdown.whole(part.perSecond(fast)),
                Markdown.share(share(part, fast)));
    }

    private String share(int megabits) {
        double all = 0;
        for (Part part : Part.values()) {
            all += share(part, megabits);
        }
        return Markdown.share(all);
    }

    private double share(Part part, int megabits) {
        return part.perSecond(megabits) * nanos(part.method).orElseThrow() / 1e9;
    }

    private Optional<Double> nanos(String method) {
        return results.of(SUITE, method).stream().findFirst().map(Result::nanos);
    }
}
