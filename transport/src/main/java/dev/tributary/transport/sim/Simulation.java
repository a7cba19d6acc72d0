// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.List;

/**
 * One run of one scenario under one seed, in virtual time: the same two give the same run to the
 * byte. Not for several threads; several runs may go side by side.
 */
public final class Simulation {
    /** How long after the source's end and the target delay everything must be over. */
    private static final long GRACE_NANOS = 4_000_000_000L;

    /** Lines of the flight record that go into the message of a broken run. */
    private static final int RECORD_LINES = 80;

    /** Churn begins when all have arrived and this has passed. */
    private static final long SETTLE_NANOS = 5_000_000_000L;

    private final Scenario scenario;
    private final long seed;
    private final EventQueue queue = new EventQueue();
    private final RunDigest digest = new RunDigest();
    private final Verdicts verdicts;
    private final Links links;
    private final Swarm swarm;
    private final Checks checks;
    private final byte[] scratch;
    private final long boundaryTicks;
    private long tick;
    private long events;
    private boolean over;
    private int node;

    public Simulation(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.seed = seed;
        verdicts = new Verdicts(scenario.failFast());
        links = new Links(scenario.network(), queue, digest, seed);
        swarm = new Swarm(scenario, seed, links, verdicts);
        checks = new Checks(swarm, verdicts, scenario);
        scratch = new byte[(int) (scenario.load().bitsPerSecond() / 8 / 50 + 8)];
        boundaryTicks = scenario.load().boundaryNanos() / Sent.TICK_NANOS;
        queue.push(0, EventQueue.WRITE, 0, 0);
        Scenario.Crowd crowd = scenario.crowd();
        for (int i = 0; i < crowd.viewers(); i++) {
            queue.push(crowd.firstArrivalNanos() + i * crowd.spacingNanos(), EventQueue.JOIN, 0, 0);
        }
        for (int i = 0; i < scenario.script().size(); i++) {
            queue.push(scenario.script().get(i).atNanos(), EventQueue.SCRIPT, i, 0);
        }
        if (crowd.churnPerMinute() > 0) {
            long arrived = crowd.firstArrivalNanos() + crowd.viewers() * crowd.spacingNanos();
            long first = arrived + SETTLE_NANOS + swarm.untilNextReplacement();
            queue.push(first, EventQueue.CHURN, 0, 0);
        }
        queue.push(Checks.EVERY_NANOS, EventQueue.CHECK, 0, 0);
        queue.push(scenario.durationNanos(), EventQueue.END, 0, 0);
    }

    /**
     * Runs a scenario from its start to its end.
     *
     * @throws AssertionError when an invariant breaks; the message repeats the run
     */
    public static Report run(Scenario scenario, long seed) {
        Simulation simulation = new Simulation(scenario, seed);
        simulation.runUntil(Long.MAX_VALUE);
        return simulation.report();
    }

    /** Runs up to this virtual time, or to the end of the run if that comes first. */
    public void runUntil(long nanos) {
        try {
            while (!over && links.now() < nanos && queue.next()) {
                links.now(queue.time());
                events++;
                handle();
            }
        } catch (Verdicts.Broken broken) {
            throw failure(broken.node(), broken);
        } catch (RuntimeException | AssertionError bug) {
            throw failure(node, bug);
        }
    }

    /** What the run gave so far. */
    public Report report() {
        return Tally.of(
                scenario,
                swarm,
                new Tally.Run(
                        seed, digest.value(), events, checks.liars().sum(), verdicts.listed()));
    }

    /** What a node noted, oldest first; node 0 is the source, then come relays, then viewers. */
    public List<String> flightRecord(int index) {
        return swarm.nodes().get(index).core().flightRecord();
    }

    private void handle() {
        int a = queue.a();
        int b = queue.b();
        node = 0;
        switch (queue.kind()) {
            case EventQueue.ARRIVE -> {
                node = b;
                links.onArrive(a, b, queue.bytes(), queue.length());
            }
            case EventQueue.DELIVER -> {
                node = b;
                links.onDeliver(a, b, queue.bytes(), queue.length());
            }
            case EventQueue.TIMER -> {
                node = a;
                swarm.nodes().get(a).onTimer(queue.time());
            }
            case EventQueue.WRITE -> write();
            case EventQueue.SCRIPT -> swarm.act(scenario.script().get(a));
            case EventQueue.JOIN -> {
                node = swarm.nodes().size();
                swarm.addViewer();
            }
            case EventQueue.CHURN -> churn();
            case EventQueue.CHECK -> check();
            case EventQueue.END -> end();
            default -> throw new IllegalStateException("no event of kind " + queue.kind());
        }
    }

    private void write() {
        SimNode source = swarm.source();
        if (!source.alive() || ended()) {
            return;
        }
        if (source.frozenUntil() > links.now()) {
            queue.push(source.frozenUntil(), EventQueue.WRITE, 0, 0);
            return;
        }
        if (boundaryTicks > 0 && tick % boundaryTicks == 0) {
            source.joinPoint();
        }
        Sent sent = swarm.sent();
        int bytes = sent.nextBytes();
        SyntheticMedia.fill(sent.bytes(), scratch, 0, bytes);
        sent.tick();
        source.write(scratch, bytes);
        tick++;
        queue.push(Math.max(tick * Sent.TICK_NANOS, links.now()), EventQueue.WRITE, 0, 0);
    }

    private void churn() {
        if (!ended()) {
            swarm.replaceOne();
            queue.push(links.now() + swarm.untilNextReplacement(), EventQueue.CHURN, 0, 0);
        }
    }

    private void check() {
        if (ended()) {
            boolean all = swarm.viewers().stream()
                    .allMatch(viewer -> !viewer.stays() || viewer.player().ended());
            long last = scenario.durationNanos() + scenario.load().delayNanos() + GRACE_NANOS;
            over = all || links.now() >= last;
        } else {
            checks.look(links.now());
        }
        queue.push(links.now() + Checks.EVERY_NANOS, EventQueue.CHECK, 0, 0);
    }

    private void end() {
        swarm.keepFigures();
        if (swarm.source().alive()) {
            swarm.source().end();
        }
    }

    private boolean ended() {
        return links.now() >= scenario.durationNanos();
    }

    private AssertionError failure(int at, Throwable cause) {
        StringBuilder text = new StringBuilder(200)
                .append("scenario \"")
                .append(scenario.name())
                .append("\", seed ")
                .append(seed)
                .append(", at ")
                .append(links.now() / 1e9)
                .append(" s, node ")
                .append(at)
                .append(": ")
                .append(cause)
                .append('\n')
                .append(scenario);
        if (at < swarm.nodes().size()) {
            List<String> lines = flightRecord(at);
            lines.subList(Math.max(0, lines.size() - RECORD_LINES), lines.size())
                    .forEach(line -> text.append("\n  ").append(line));
        }
        return new AssertionError(text.toString(), cause);
    }
}
