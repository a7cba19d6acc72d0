// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

import dev.tributary.transport.wire.Wire;

/** What passed a node's links, as the network saw it and not as the node says. */
final class Traffic {
    private long bytesIn;
    private long bytesOut;
    private long datagramsIn;
    private long datagramsOut;
    private long uplinkDrops;
    private long downlinkDrops;
    private long timers;

    void received(int length) {
        bytesIn += length + Wire.IPV4_OVERHEAD_BYTES;
        datagramsIn++;
    }

    void sent(int length) {
        bytesOut += length + Wire.IPV4_OVERHEAD_BYTES;
        datagramsOut++;
    }

    void uplinkDrop() {
        uplinkDrops++;
    }

    void downlinkDrop() {
        downlinkDrops++;
    }

    void timer() {
        timers++;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    long datagramsIn() {
        return datagramsIn;
    }

    long datagramsOut() {
        return datagramsOut;
    }

    long uplinkDrops() {
        return uplinkDrops;
    }

    long downlinkDrops() {
        return downlinkDrops;
    }

    long timers() {
        return timers;
    }
}
