// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What {@code --input} names. */
sealed interface InputName {
    record File(Path path) implements InputName {}

    record StandardInput() implements InputName {}

    record Udp(InetSocketAddress address) implements InputName {}

    /**
     * Reads {@code FILE}, {@code -} or {@code udp://[@]HOST:PORT}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static InputName parse(String text) {
        if (text.equals("-")) {
            return new StandardInput();
        }
        if (text.startsWith("udp://")) {
            String address = text.substring("udp://".length());
            return new Udp(
                    Values.hostPort(address.startsWith("@") ? address.substring(1) : address));
        }
        try {
            return new File(Path.of(text));
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no path: " + wrong.getReason(), wrong);
        }
    }
}
