// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.sim;

/** Whom a scripted action meets; chosen when the action happens. */
public sealed interface Target {
    /** The source. */
    record Source() implements Target {}

    /** The relay of this number, from 0 in the order of joining. */
    record Relay(int number) implements Target {}

    /** The viewer of this number, from 0 in the order of joining. */
    record Viewer(int number) implements Target {}

    /** The living viewer with most substreams handed to receivers. */
    record MostReceivers() implements Target {}

    /** The living supplier of most substreams to this viewer, the source not counted. */
    record SupplierOf(int viewer) implements Target {}

    /** Any living viewer. */
    record AnyViewer() implements Target {}
}
