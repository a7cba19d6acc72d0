// SPDX-License-Identifier: Apache-2.0
/** The tributary command: publish, watch, relay, keygen and demo. */
@NullMarked
package dev.tributary.examples;

import org.jspecify.annotations.NullMarked;
