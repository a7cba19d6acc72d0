// SPDX-License-Identifier: Apache-2.0
/** From what JMH wrote to the tables and the picture of the documents: no figure goes by hand. */
@NullMarked
package dev.tributary.bench.report;

import org.jspecify.annotations.NullMarked;
