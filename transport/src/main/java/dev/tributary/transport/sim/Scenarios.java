// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** The named situations in which the live path must hold; each may be changed further. */
public final class Scenarios {
    private static final long SECOND = ScenarioBuilder.SECOND;

    private Scenarios() {}

    /** Eight viewers that start in the same millisecond. */
    public static ScenarioBuilder eightTogether(int k) {
        return new ScenarioBuilder("eight together, K = " + k).code(k, 4 * k);
    }

    /** Eight viewers that join 0.4 s apart. */
    public static ScenarioBuilder eightStaggered() {
        return new ScenarioBuilder("eight staggered").arrivals(300, 400);
    }

    /** The two viewers with most receivers fall silent in the middle of the run. */
    public static ScenarioBuilder twoMostSuppliersKilled(long seconds) {
        long middle = seconds * SECOND / 2;
        return new ScenarioBuilder("two with most receivers killed")
                .seconds(seconds)
                .then(new Action.Kill(middle, new Target.MostReceivers()))
                .then(new Action.Kill(middle, new Target.MostReceivers()));
    }

    public static ScenarioBuilder loss2() {
        return new ScenarioBuilder("2 % loss").loss(0.02);
    }

    public static ScenarioBuilder loss5() {
        return new ScenarioBuilder("5 % loss").loss(0.05);
    }

    public static ScenarioBuilder firstTwoNoUpload() {
        return new ScenarioBuilder("first two without upload").withoutUpload(2, 0);
    }

    /** A hundred viewers with 60 ms round trips, 2 % loss, 10 % of them replaced each minute. */
    public static ScenarioBuilder hundredViewersChurn() {
        return new ScenarioBuilder("hundred viewers with churn")
                .viewers(100)
                .uploads(3, 1.5)
                .arrivals(300, 100)
                .latency(30, 0, 0)
                .loss(0.02)
                .churn(0.1, 0.5)
                .seconds(300);
    }

    /** So many viewers come within ten seconds, with 60 ms round trips and 2 % loss. */
    public static ScenarioBuilder crowd(int viewers) {
        return new ScenarioBuilder("crowd")
                .viewers(viewers)
                .uploads(3, 1.5)
                .arrivals(300, Math.max(1, 10_000 / viewers))
                .latency(30, 0, 0)
                .loss(0.02)
                .seconds(25);
    }

    /** The same situation one second behind the source. */
    public static ScenarioBuilder delayOneSecond(ScenarioBuilder situation) {
        return situation.delayMillis(1_000);
    }
}
