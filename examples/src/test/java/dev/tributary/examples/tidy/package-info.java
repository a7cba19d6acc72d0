// SPDX-License-Identifier: Apache-2.0

/** The rules of the house, as code that reads the sources of all modules. */
@NullMarked
package dev.tributary.examples.tidy;

import org.jspecify.annotations.NullMarked;
