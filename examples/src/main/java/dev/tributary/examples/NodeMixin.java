// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.SigningKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a node itself, the same for each verb that runs one. */
final class NodeMixin {
    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            converter = Converters.OfHostPort.class,
            description = "where to be reached by others (default: 0.0.0.0:0, any free port)")
    private @Nullable InetSocketAddress listen;

    @Option(
            names = "--record-file",
            paramLabel = "PATH",
            description =
                    "write the flight record, what happened and why, at each gap and at the end")
    private @Nullable Path recordFile;

    NodeChoices choices(long uploadBitsPerSecond, @Nullable SigningKey key) {
        InetSocketAddress at = listen == null ? Values.hostPort("0.0.0.0:0") : listen;
        return new NodeChoices(at, uploadBitsPerSecond, recordFile, key);
    }
}
