// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts a {@link Scenario} together, from the conditions under which the live path is judged: eight
 * viewers at 1.5 x, a source at 2.5 x, round trips of 40 ms, no loss, 2 Mbit/s.
 */
public final class ScenarioBuilder {
    static final long MILLIS = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private final String name;
    private final List<Action> script = new ArrayList<>();
    private int k = 8;
    private int n = 32;
    private int symbolBytes = 1_152;
    private long bitsPerSecond = 2_000_000;
    private long delayNanos = 2 * SECOND;
    private double sourceUpload = 2.5;
    private long boundaryNanos = SECOND / 2;
    private int viewers = 8;
    private long firstArrivalNanos = 300 * MILLIS;
    private long spacingNanos;
    private double upload = 1.5;
    private int firstWithoutUpload;
    private double shareWithoutUpload;
    private int relays;
    private double relayUpload = 5;
    private double churnPerMinute;
    private double gracefulShare = 0.5;
    private long latencyNanos = 20 * MILLIS;
    private long spreadNanos;
    private long jitterNanos;
    private boolean keepsOrder = true;
    private double loss;
    private double meanBurst = 1;
    private double uplink;
    private double downlink;
    private Scenario.Malice malice = Scenario.Malice.NONE;
    private long durationNanos = 60 * SECOND;
    private boolean failFast = true;

    public ScenarioBuilder(String name) {
        this.name = name;
    }

    /** K symbols of a block rebuild it, N are distinct. */
    public ScenarioBuilder code(int k, int n) {
        this.k = k;
        this.n = n;
        return this;
    }

    public ScenarioBuilder symbolBytes(int bytes) {
        symbolBytes = bytes;
        return this;
    }

    public ScenarioBuilder rate(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
        return this;
    }

    public ScenarioBuilder delayMillis(long millis) {
        delayNanos = millis * MILLIS;
        return this;
    }

    public ScenarioBuilder boundaryMillis(long millis) {
        boundaryNanos = millis * MILLIS;
        return this;
    }

    /** Upload caps in multiples of the stream's rate. */
    public ScenarioBuilder uploads(double source, double viewer) {
        sourceUpload = source;
        upload = viewer;
        return this;
    }

    public ScenarioBuilder viewers(int count) {
        viewers = count;
        return this;
    }

    /** The first viewer comes at {@code firstMillis}, each other so much after the one before. */
    public ScenarioBuilder arrivals(long firstMillis, long spacingMillis) {
        firstArrivalNanos = firstMillis * MILLIS;
        spacingNanos = spacingMillis * MILLIS;
        return this;
    }

    public ScenarioBuilder withoutUpload(int firstViewers, double shareOfOthers) {
        firstWithoutUpload = firstViewers;
        shareWithoutUpload = shareOfOthers;
        return this;
    }

    public ScenarioBuilder relays(int count, double uploadEach) {
        relays = count;
        relayUpload = uploadEach;
        return this;
    }

    public ScenarioBuilder churn(double shareAMinute, double gracefulShare) {
        churnPerMinute = shareAMinute;
        this.gracefulShare = gracefulShare;
        return this;
    }

    /** One way, in milliseconds; see {@link Scenario.Network}. */
    public ScenarioBuilder latency(long millis, long spreadMillis, long jitterMillis) {
        latencyNanos = millis * MILLIS;
        spreadNanos = spreadMillis * MILLIS;
        jitterNanos = jitterMillis * MILLIS;
        return this;
    }

    /** Lets jitter reorder the datagrams of a pair. */
    public ScenarioBuilder reordering() {
        keepsOrder = false;
        return this;
    }

    public ScenarioBuilder loss(double share) {
        return loss(share, 1);
    }

    public ScenarioBuilder loss(double share, double meanBurst) {
        loss = share;
        this.meanBurst = meanBurst;
        return this;
    }

    /** Physical links: uplink in multiples of the node's cap, downlink of the stream's rate. */
    public ScenarioBuilder links(double uplink, double downlink) {
        this.uplink = uplink;
        this.downlink = downlink;
        return this;
    }

    /** So many of the viewers tell this share of lies, each its own. */
    public ScenarioBuilder liars(int count, Lie lie, double share) {
        malice = new Scenario.Malice(count, lie, share, false);
        return this;
    }

    /** So many of the viewers tell the same lies about this share of symbols. */
    public ScenarioBuilder liarsTogether(int count, Lie lie, double share) {
        malice = new Scenario.Malice(count, lie, share, true);
        return this;
    }

    public ScenarioBuilder seconds(long seconds) {
        durationNanos = seconds * SECOND;
        return this;
    }

    public ScenarioBuilder then(Action action) {
        script.add(action);
        return this;
    }

    /** Lists broken invariants in the report instead of ending the run at the first. */
    public ScenarioBuilder listViolations() {
        failFast = false;
        return this;
    }

    public Scenario build() {
        return new Scenario(
                name,
                new Scenario.Load(
                        k, n, symbolBytes, bitsPerSecond, delayNanos, sourceUpload, boundaryNanos),
                new Scenario.Crowd(
                        viewers,
                        firstArrivalNanos,
                        spacingNanos,
                        upload,
                        firstWithoutUpload,
                        shareWithoutUpload,
                        relays,
                        relayUpload,
                        churnPerMinute,
                        gracefulShare),
                new Scenario.Network(
                        latencyNanos,
                        spreadNanos,
                        jitterNanos,
                        keepsOrder,
                        loss,
                        meanBurst,
                        uplink,
                        downlink),
                malice,
                script,
                durationNanos,
                failFast);
    }
}
