// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import java.util.List;

/**
 * One situation to simulate; with a seed it is repeatable to the byte.
 *
 * @param durationNanos how long the source writes; the run goes on until what it wrote was played
 * @param failFast whether the first broken invariant ends the run; otherwise the report lists them
 */
public record Scenario(
        String name,
        Load load,
        Crowd crowd,
        Network network,
        Malice malice,
        List<Action> script,
        long durationNanos,
        boolean failFast) {

    /**
     * What is streamed.
     *
     * @param sourceUpload the source's upload cap in multiples of the stream's rate
     * @param boundaryNanos media time between block boundaries with a join point, 0 for none
     */
    public record Load(
            int k,
            int n,
            int symbolBytes,
            long bitsPerSecond,
            long delayNanos,
            double sourceUpload,
            long boundaryNanos) {}

    /**
     * Who takes part.
     *
     * @param spacingNanos between two arrivals; 0 lets all start in the same nanosecond
     * @param upload a viewer's upload cap in multiples of the stream's rate
     * @param firstWithoutUpload how many of the first viewers upload nothing
     * @param shareWithoutUpload share of the other viewers that upload nothing
     * @param churnPerMinute share of the viewers replaced each minute
     * @param gracefulShare share of the replaced ones that leave in good order
     */
    public record Crowd(
            int viewers,
            long firstArrivalNanos,
            long spacingNanos,
            double upload,
            int firstWithoutUpload,
            double shareWithoutUpload,
            int relays,
            double relayUpload,
            double churnPerMinute,
            double gracefulShare) {}

    /**
     * What lies between nodes.
     *
     * @param latencyNanos one way, for every pair
     * @param spreadNanos up to this more, fixed for each pair
     * @param jitterNanos up to this more, for each datagram
     * @param keepsOrder whether jitter never lets one datagram of a pair overtake another
     * @param loss share of datagrams lost at each receiver
     * @param meanBurst mean number of datagrams lost in a row, 1 for independent losses
     * @param uplink a node's physical uplink in multiples of its upload cap, 0 for unlimited
     * @param downlink a viewer's downlink in multiples of the stream's rate, 0 for unlimited
     */
    public record Network(
            long latencyNanos,
            long spreadNanos,
            long jitterNanos,
            boolean keepsOrder,
            double loss,
            double meanBurst,
            double uplink,
            double downlink) {}

    /**
     * Who among the first viewers runs a core that is honest, and alters what it sends.
     *
     * @param liars how many of them, spread by the seed
     * @param share of what it could alter that each of them does alter
     * @param together whether they alter the same symbols in the same way
     */
    public record Malice(int liars, Lie lie, double share, boolean together) {
        static final Malice NONE = new Malice(0, Lie.WRONG_SYMBOLS, 0, false);

        public Malice {
            if (liars < 0 || share < 0 || share > 1) {
                throw new IllegalArgumentException(
                        liars + " liars and a share of lies of " + share);
            }
        }
    }

    public Scenario {
        script = List.copyOf(script);
        if (durationNanos <= 0) {
            throw new IllegalArgumentException("a run lasts more than " + durationNanos + " ns");
        }
        if (network.loss < 0 || network.loss >= 1 || network.meanBurst < 1) {
            throw new IllegalArgumentException("loss is 0 to below 1 in bursts of 1 or more, not "
                    + network.loss + " in bursts of " + network.meanBurst);
        }
    }
}
