// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** Something that a script does to the swarm at a time of the run. */
public sealed interface Action {
    /** Nanoseconds since the run started. */
    long atNanos();

    /** The node falls silent without a word. */
    record Kill(long atNanos, Target target) implements Action {}

    /** The node leaves in good order. */
    record Leave(long atNanos, Target target) implements Action {}

    /** The process stalls: nothing is handled, datagrams wait in the socket's bounded buffer. */
    record Freeze(long atNanos, Target target, long forNanos) implements Action {}

    /** Nothing passes between two nodes, in either direction. */
    record Cut(long atNanos, Target one, Target other, long forNanos) implements Action {}

    /** The node's links get these rates, in bits per second on the wire; 0 is unlimited. */
    record Rate(long atNanos, Target target, long upBitsPerSecond, long downBitsPerSecond)
            implements Action {}

    /** Every receiver's loss becomes this share, in bursts of this mean length. */
    record Loss(long atNanos, double share, double meanBurst) implements Action {}
}
