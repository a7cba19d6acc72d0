// SPDX-License-Identifier: Apache-2.0
/** Sealed links: node keys, the handshake, cookies, and datagrams that only the peer can write. */
@NullMarked
package dev.tributary.transport.seal;

import org.jspecify.annotations.NullMarked;
