// SPDX-License-Identifier: Apache-2.0
/** What comes in: MPEG-TS and other bytes, paced in real time or taken as they come. */
@NullMarked
package dev.tributary.examples.media;

import org.jspecify.annotations.NullMarked;
