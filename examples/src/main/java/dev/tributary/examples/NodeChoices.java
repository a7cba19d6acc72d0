// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of a node itself, whatever it does with a stream.
 *
 * @param uploadBitsPerSecond its cap, or {@code NodeOptions.DEFAULT_UPLOAD}
 * @param recordFile where its flight recorder is written, null for nowhere
 */
record NodeChoices(
        InetSocketAddress listen,
        long uploadBitsPerSecond,
        @Nullable Path recordFile) {}
