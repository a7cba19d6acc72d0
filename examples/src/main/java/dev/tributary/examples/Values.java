// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of options; each complaint says what a right one looks like. */
final class Values {
    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([A-Za-z]*)");

    private Values() {}

    /** {@code 2s}, {@code 1500ms}, {@code 1m}, {@code 4h}, {@code 30d}. */
    static Duration duration(String text) {
        Matcher match = matched(text, "a duration such as 2s or 1500ms");
        double number = Double.parseDouble(match.group(1));
        double millis = switch (match.group(2)) {
            case "ms" -> number;
            case "s" -> number * 1_000;
            case "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> throw unlike(text, "a duration such as 2s or 1500ms");
        };
        return Duration.ofMillis(Math.round(millis));
    }

    /** {@code 2000000}, {@code 2000k}, {@code 2M}: bits per second. */
    static long bitsPerSecond(String text) {
        Matcher match = matched(text, "bits per second such as 2000000, 2000k or 2M");
        double number = Double.parseDouble(match.group(1));
        double bits = switch (match.group(2).toLowerCase(Locale.ROOT)) {
            case "" -> number;
            case "k" -> number * 1e3;
            case "m" -> number * 1e6;
            default -> throw unlike(text, "bits per second such as 2000000, 2000k or 2M");
        };
        return Math.round(bits);
    }

    /** {@code HOST:PORT}, {@code [IPv6]:PORT}; no host, {@code *} or {@code @} is any address. */
    static InetSocketAddress hostPort(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 0 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw unlike(text, "HOST:PORT with a port of 0 to 65535, such as 0.0.0.0:7000");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw unlike(text, "HOST:PORT; an IPv6 address goes in brackets, such as [::1]:7000");
        }
        return resolved(host.isEmpty() || host.equals("*") ? "0.0.0.0" : host, port);
    }

    private static InetSocketAddress resolved(String host, String port) {
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the host '" + host
                    + "' is not known; give an address that this machine can reach");
        }
        InetAddress literal = address.getAddress();
        return new InetSocketAddress(literal, address.getPort());
    }

    private static Matcher matched(String text, String wanted) {
        Matcher match = NUMBER_AND_UNIT.matcher(text);
        if (!match.matches()) {
            throw unlike(text, wanted);
        }
        return match;
    }

    private static IllegalArgumentException unlike(String text, String wanted) {
        return new IllegalArgumentException("'" + text + "' is not " + wanted);
    }
}
