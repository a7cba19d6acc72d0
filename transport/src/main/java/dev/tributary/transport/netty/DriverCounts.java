// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

/**
 * What the socket side of a node has counted since it was opened.
 *
 * @param datagramsOversized received, larger than any of ours, dropped
 * @param datagramsUnpathed received, dropped since every path was in use
 * @param socketErrors datagrams that the system refused to send or to deliver
 * @param sendQueueFull datagrams that found the socket's queue full
 */
public record DriverCounts(
        long datagramsOversized, long datagramsUnpathed, long socketErrors, long sendQueueFull) {}
