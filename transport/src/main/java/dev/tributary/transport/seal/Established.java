// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.seal;

/** What a responder has when the handshake is over. */
public record Established(Session session, Proof peer) {}
