// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a swarm, kills suppliers, and tells what was lost. */
public final class Demo {
    private static final long TICK_MILLIS = 500;
    private static final long FIRST_KILL_NANOS = 5_000_000_000L;
    private static final long KILL_EVERY_NANOS = 4_000_000_000L;

    /** A newcomer should have played something when the stream ends. */
    private static final long LAST_KILL_BEFORE_END_NANOS = 4_000_000_000L;

    private static final long END_BOUND_SECONDS = 15;

    private final DemoOptions options;
    private final boolean terminal;
    private final PrintStream out;
    private final Random random;
    private int kills;

    public Demo(DemoOptions options, boolean terminal, PrintStream out) {
        this.options = options;
        this.terminal = terminal;
        this.out = out;
        this.random = new Random(options.seed());
    }

    /** Returns the exit code: 0 when nothing was lost. */
    public int run() throws IOException, InterruptedException {
        DemoClip clip = DemoClip.load();
        try (Swarm swarm = new Swarm(clip, options.seed())) {
            say(swarm);
            for (int i = 0; i < options.viewers(); i++) {
                swarm.addViewer();
            }
            DemoFeed feed = new DemoFeed(clip.looped(), swarm.publication(), options.seconds());
            long published = watch(swarm, feed.start());
            waitForEnd(swarm);
            return verdict(swarm, published);
        } catch (ExecutionException failed) {
            throw new IOException("the clip could not be published", failed);
        }
    }

    private void say(Swarm swarm) {
        out.println("the link of this stream: " + swarm.publication().link());
        out.println("source capped at 2.5 x the stream, relay at 2 x, " + options.viewers()
                + " viewers at 1.5 x each; " + options.seconds() + " s, seed " + options.seed());
    }

    /** Shows and kills until the feed is done; returns how many bytes it published. */
    private long watch(Swarm swarm, CompletableFuture<Long> feed)
            throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + options.seconds() * 1_000_000_000L;
        long nextKill = start + FIRST_KILL_NANOS;
        DemoTable table = new DemoTable(swarm, start);
        DemoScreen screen = new DemoScreen(out, terminal, start);
        while (true) {
            try {
                long published = feed.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                screen.show(table.lines(System.nanoTime()), System.nanoTime());
                return published;
            } catch (TimeoutException stillRunning) {
                long now = System.nanoTime();
                if (now >= nextKill && now < end - LAST_KILL_BEFORE_END_NANOS) {
                    replaceSupplier(swarm, screen, (now - start) / 1_000_000_000L);
                    nextKill = now + KILL_EVERY_NANOS;
                }
                if (screen.due(now)) {
                    screen.show(table.lines(now), now);
                }
            }
        }
    }

    private void replaceSupplier(Swarm swarm, DemoScreen screen, long second) throws IOException {
        List<DemoViewer> suppliers = new ArrayList<>();
        for (DemoViewer viewer : swarm.viewers()) {
            if (viewer.stats().substreamsUp() > 0) {
                suppliers.add(viewer);
            }
        }
        if (suppliers.isEmpty()) {
            return;
        }
        DemoViewer victim = suppliers.get(random.nextInt(suppliers.size()));
        int substreams = victim.stats().substreamsUp();
        swarm.kill(victim);
        kills++;
        DemoViewer newcomer = swarm.addViewer();
        screen.say("at " + second + " s: killed " + victim.name() + ", which supplied " + substreams
                + " substreams; " + newcomer.name() + " joins");
    }

    private static void waitForEnd(Swarm swarm) throws InterruptedException {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        ends.add(swarm.publication().end().toCompletableFuture());
        swarm.viewers().forEach(viewer -> ends.add(viewer.done()));
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                    .get(END_BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException notAll) {
            // Whoever did not get to the end is named in the verdict.
        }
    }

    private int verdict(Swarm swarm, long published) {
        List<String> losses = new ArrayList<>();
        long checked = 0;
        for (DemoViewer viewer : swarm.viewers()) {
            Optional<String> loss = viewer.loss(published);
            loss.ifPresent(losses::add);
            checked += viewer.checkedBytes();
        }
        out.println();
        out.println(kills + " suppliers were killed; " + swarm.viewers().size()
                + " viewers watched to the end and checked " + checked + " bytes");
        if (losses.isEmpty()) {
            out.println("lost: nothing");
            return 0;
        }
        out.println("lost:");
        losses.forEach(loss -> out.println("  " + loss));
        return 1;
    }
}
