// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.Relaying;
import dev.tributary.transport.StreamLink;
import dev.tributary.transport.StreamStats;
import dev.tributary.transport.TributaryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One run of a relay, until the last of its streams ends. */
final class RelayRun {
    private static final long STATUS_SECONDS = 5;

    private record Carried(StreamLink link, Relaying relaying, CompletableFuture<Void> end) {}

    private final List<Carried> streams = new ArrayList<>();
    private final Credentials credentials;
    private final boolean watched = Terminal.onStandardError();

    RelayRun(TributaryNode node, List<StreamLink> links, Credentials credentials) {
        this.credentials = credentials;
        for (StreamLink link : links) {
            Relaying relaying = node.relay(link, credentials.ticket(link));
            CompletableFuture<Void> end = relaying.done()
                    .toCompletableFuture()
                    .whenComplete((nothing, failure) -> sayEnd(link.name(), failure));
            streams.add(new Carried(link, relaying, end));
        }
    }

    /** Returns the exit code. */
    int run() throws InterruptedException {
        CompletableFuture<?>[] ends =
                streams.stream().map(Carried::end).toArray(CompletableFuture[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(ends);
        while (true) {
            try {
                all.get(STATUS_SECONDS, TimeUnit.SECONDS);
                return 0;
            } catch (TimeoutException stillRunning) {
                for (Carried stream : streams) {
                    credentials.renew(stream.link(), stream.relaying()::renew);
                }
                sayStatus();
            } catch (ExecutionException oneFailed) {
                return 1;
            }
        }
    }

    private static void sayEnd(String name, @Nullable Throwable failure) {
        String end = failure == null ? "has ended" : String.valueOf(failure.getMessage());
        Terminal.say("'" + name + "': " + end);
    }

    private void sayStatus() {
        if (!watched) {
            return;
        }
        for (Carried stream : streams) {
            StreamStats stats = stream.relaying().stats();
            Terminal.say(String.format(
                    Locale.ROOT,
                    "'%s': %d substreams in, %d out to %d receivers, %.1f MB sent, %d takeover(s)",
                    stream.link().name(),
                    stats.substreamsDown(),
                    stats.substreamsUp(),
                    stats.receivers().size(),
                    stats.wireBytesOut() / 1e6,
                    stats.takeovers().size()));
        }
    }
}
