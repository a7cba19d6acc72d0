// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

import dev.tributary.transport.wire.Bytes32;

/**
 * Who the other side has shown to be, and what it said under its signature.
 *
 * @param key its public key
 * @param node the id of the node with that key
 * @param payload what came with the proof, for the layer above
 */
public record Proof(Bytes32 key, long node, byte[] payload) {}
