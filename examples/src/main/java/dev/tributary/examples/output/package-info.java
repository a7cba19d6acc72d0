// SPDX-License-Identifier: Apache-2.0
/** What goes out: played bytes on their way to a file, a pipe or a UDP address. */
@NullMarked
package dev.tributary.examples.output;

import org.jspecify.annotations.NullMarked;
