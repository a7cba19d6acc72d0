// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.SigningKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says of a node itself, whatever it does with a stream.
 *
 * @param uploadBitsPerSecond its cap, or {@code NodeOptions.DEFAULT_UPLOAD}
 * @param recordFile where its flight recorder is written, null for nowhere
 * @param key who it is, null for nobody in particular
 */
record NodeChoices(
        InetSocketAddress listen,
        long uploadBitsPerSecond,
        @Nullable Path recordFile,
        @Nullable SigningKey key) {}
