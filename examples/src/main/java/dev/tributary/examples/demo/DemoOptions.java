// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.demo;

/** What a demo runs: viewers at a time, its length, and the seed of its choices. */
public record DemoOptions(int viewers, int seconds, long seed) {}
