// SPDX-License-Identifier: Apache-2.0
/** What a broadcaster signs for others to show: who may watch or relay a closed stream. */
@NullMarked
package dev.tributary.transport.trust;

import org.jspecify.annotations.NullMarked;
