// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.core;

import dev.tributary.transport.wire.Manifest;

/** What a manifest says of one block. */
record Proof(Manifest manifest, Manifest.Vouched block) {}
