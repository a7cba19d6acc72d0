// SPDX-License-Identifier: Apache-2.0
/** Three small programs that show how to embed a publisher, a viewer and a relay. */
@NullMarked
package dev.tributary.examples.embed;

import org.jspecify.annotations.NullMarked;
