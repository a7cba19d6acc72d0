// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

import dev.tributary.transport.StreamStats;

/** One node as the demo's table shows it. */
interface DemoNode {
    String name();

    String role();

    long nodeId();

    StreamStats stats();
}
