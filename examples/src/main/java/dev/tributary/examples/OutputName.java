// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.examples.output.OutputTarget;
import dev.tributary.examples.output.StreamTarget;
import dev.tributary.examples.output.UdpTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code --output} names. */
sealed interface OutputName {
    record Nowhere() implements OutputName {}

    record StandardOutput() implements OutputName {}

    record File(String path) implements OutputName {}

    record Udp(InetSocketAddress address) implements OutputName {}

    /**
     * Reads {@code FILE}, {@code -} or {@code udp://HOST:PORT}; null is nowhere.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static OutputName parse(@Nullable String text) {
        if (text == null) {
            return new Nowhere();
        }
        if (text.equals("-")) {
            return new StandardOutput();
        }
        if (text.startsWith("udp://")) {
            InetSocketAddress address = Values.hostPort(text.substring("udp://".length()));
            if (address.getPort() == 0 || address.getAddress().isAnyLocalAddress()) {
                throw new IllegalArgumentException(
                        "'" + text + "' needs the host and port of a player");
            }
            return new Udp(address);
        }
        return new File(text);
    }

    /** Opens it; empty when the bytes go nowhere. */
    default Optional<OutputTarget> open() {
        try {
            return switch (this) {
                case Nowhere nowhere -> Optional.empty();
                case StandardOutput standard -> Optional.of(StreamTarget.standardOutput());
                case File file -> Optional.of(StreamTarget.file(file.path()));
                case Udp udp -> Optional.of(UdpTarget.open(udp.address()));
            };
        } catch (IOException failed) {
            throw new CommandFailure("cannot open the output: " + failed.getMessage()
                    + "; choose an --output in a folder that can be written");
        }
    }
}
