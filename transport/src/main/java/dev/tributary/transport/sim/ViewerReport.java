// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/**
 * What one viewer had of a run.
 *
 * @param node its number in the run
 * @param stayed whether it was there to the end, neither killed nor told to leave
 * @param lies whether it altered what it sent
 * @param arrivedNanos when it joined
 * @param startupNanos from joining to its first block, -1 when it played none
 * @param firstBlock the block it began with, -1 for none
 * @param expected blocks from its first to the last one, 0 for one that did not stay
 * @param flow what it received and sent
 * @param supply where it got it from
 * @param ended whether it was told the end of the stream
 * @param failure why it could not join, or empty
 */
public record ViewerReport(
        int node,
        boolean stayed,
        boolean lies,
        long arrivedNanos,
        long startupNanos,
        long firstBlock,
        long expected,
        Flow flow,
        Supply supply,
        boolean ended,
        String failure) {

    /**
     * Bytes on the wire count headers; lag is behind the moment at which a block's last byte was
     * written.
     */
    public record Flow(
            long blocks,
            long gapBlocks,
            long lateBlocks,
            long bytesPlayed,
            long bytesIn,
            long bytesOut,
            long largestSecondOut,
            long maxLagNanos) {}

    /**
     * Suppliers and depth as they were when the source ended.
     *
     * @param unexplained takeovers that nothing done to the swarm in the seconds before explains
     */
    public record Supply(
            int suppliers,
            int receivers,
            int depth,
            int takeovers,
            int unexplained,
            long repairs,
            long duplicates) {}

    /** Share of the blocks it should have played that it did play. */
    public double continuity() {
        return expected == 0 ? 1 : (double) flow.blocks() / expected;
    }

    /** Bytes received, all included, for each byte played. */
    public double overhead() {
        return flow.bytesPlayed() == 0 ? 0 : (double) flow.bytesIn() / flow.bytesPlayed();
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%4d %s %6.1f s  start %5d ms  from %6d  played %6d of %6d  gaps %4d late %4d  "
                        + "lag %5d ms  in %5.3f  out %8d B  suppliers %2d receivers %2d depth %2d  "
                        + "moves %3d (%d unexplained)  repairs %5d  dup %5d %s %s",
                node,
                lies ? "lied  " : stayed ? "stayed" : "gone  ",
                arrivedNanos / 1e9,
                startupNanos / 1_000_000,
                firstBlock,
                flow.blocks(),
                expected,
                flow.gapBlocks(),
                flow.lateBlocks(),
                flow.maxLagNanos() / 1_000_000,
                overhead(),
                flow.bytesOut(),
                supply.suppliers(),
                supply.receivers(),
                supply.depth(),
                supply.takeovers(),
                supply.unexplained(),
                supply.repairs(),
                supply.duplicates(),
                ended ? "ended" : stayed ? "NOT ENDED" : "",
                failure);
    }
}
