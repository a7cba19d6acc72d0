// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.wire.Bytes32;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The text of a stream link, read strictly so that a damaged link is told from a dead stream. */
final class LinkText {
    private static final String SCHEME = "tributary://";
    private static final String ADVICE = "; copy the whole link, as publish printed it";
    private static final List<String> NUMBERS = List.of("k", "n", "symbol", "rate", "delay");
    private static final String CLOSED = "closed";
    private static final String ENCRYPTED = "encrypted";

    /** More than 16 entries of the longest host names and a name in which all is encoded take. */
    private static final int MAX_LINK_CHARS = 8_192;

    private LinkText() {}

    static StreamLink parse(String raw) {
        String text = raw.strip();
        if (!text.startsWith(SCHEME) || text.length() > MAX_LINK_CHARS) {
            throw wrong("it must start with " + SCHEME + " and have at most " + MAX_LINK_CHARS
                    + " characters");
        }
        int slash = text.indexOf('/', SCHEME.length());
        int query = text.indexOf('?', SCHEME.length());
        if (slash < 0 || query < slash) {
            throw wrong("it must read " + SCHEME + "KEY/NAME?k=...&at=HOST:PORT");
        }
        Bytes32 key = key(text.substring(SCHEME.length(), slash));
        String name = name(text.substring(slash + 1, query));
        Map<String, Long> numbers = new TreeMap<>();
        List<InetSocketAddress> entries = new ArrayList<>();
        for (String part : text.substring(query + 1).split("&", -1)) {
            parameter(part, numbers, entries);
        }
        return link(key, name, numbers, entries);
    }

    static String print(StreamLink link) {
        StringBuilder text = new StringBuilder(SCHEME)
                .append(Base32.encode(link.key().bytes()))
                .append('/')
                .append(encoded(link.name()))
                .append("?k=")
                .append(link.k())
                .append("&n=")
                .append(link.n())
                .append("&symbol=")
                .append(link.symbolBytes())
                .append("&rate=")
                .append(link.bitsPerSecond())
                .append("&delay=")
                .append(link.delayMillis());
        flag(text, CLOSED, link.closed());
        flag(text, ENCRYPTED, link.encrypted());
        for (InetSocketAddress entry : link.entries()) {
            text.append("&at=").append(print(entry));
        }
        return text.toString();
    }

    private static void flag(StringBuilder text, String name, boolean set) {
        if (set) {
            text.append('&').append(name).append("=1");
        }
    }

    private static StreamLink link(
            Bytes32 key, String name, Map<String, Long> numbers, List<InetSocketAddress> entries) {
        for (String needed : NUMBERS) {
            if (!numbers.containsKey(needed)) {
                throw wrong("it lacks " + needed + "=");
            }
        }
        if (entries.isEmpty()) {
            throw wrong("it lacks at=HOST:PORT, the node to start from");
        }
        try {
            return new StreamLink(
                    key,
                    name,
                    Math.toIntExact(number(numbers, "k")),
                    Math.toIntExact(number(numbers, "n")),
                    Math.toIntExact(number(numbers, "symbol")),
                    number(numbers, "rate"),
                    number(numbers, "delay"),
                    number(numbers, CLOSED) == 1,
                    number(numbers, ENCRYPTED) == 1,
                    entries);
        } catch (IllegalArgumentException problem) {
            throw wrong(String.valueOf(problem.getMessage()));
        }
    }

    private static long number(Map<String, Long> numbers, String name) {
        Long value = numbers.get(name);
        return value == null ? 0 : value;
    }

    private static void parameter(
            String part, Map<String, Long> numbers, List<InetSocketAddress> entries) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        if (name.equals("at")) {
            entries.add(address(value));
        } else if (name.equals(CLOSED) || name.equals(ENCRYPTED)) {
            if (!value.equals("1")) {
                throw wrong(name + "= can only be 1, not '" + value + "'");
            }
            put(numbers, name, 1);
        } else if (NUMBERS.contains(name)) {
            if (!value.matches("[0-9]{1,9}") && !value.equals("1000000000")) {
                throw wrong(name + "= must be a whole number, not '" + value + "'");
            }
            put(numbers, name, Long.parseLong(value));
        }
        // Any other parameter is of a later version, which says so if it cannot be left out.
    }

    private static void put(Map<String, Long> numbers, String name, long value) {
        if (numbers.put(name, value) != null) {
            throw wrong(name + "= occurs twice");
        }
    }

    private static Bytes32 key(String text) {
        try {
            return Bytes32.of(Base32.decode(text));
        } catch (IllegalArgumentException problem) {
            throw wrong("its key is damaged (" + problem.getMessage() + ")");
        }
    }

    private static String name(String text) {
        String name;
        try {
            name = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException problem) {
            throw wrong("its name has a broken % sequence");
        }
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > PublishOptions.MAX_NAME_BYTES) {
            throw wrong("its name must have 1 to " + PublishOptions.MAX_NAME_BYTES + " bytes, not "
                    + length);
        }
        return name;
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.isEmpty()
                || !port.matches("[0-9]{1,5}")
                || Integer.parseInt(port) > 65_535
                || port.matches("0+")) {
            throw wrong("at= must be HOST:PORT or [IPv6]:PORT with a port of 1 to 65535, not '"
                    + text + "'");
        }
        int number = Integer.parseInt(port);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed || host.matches("[0-9.]+")) {
            return literal(bracketed ? host.substring(1, host.length() - 1) : host, number);
        }
        if (!host.matches("[A-Za-z0-9._-]{1,253}")) {
            throw wrong("'" + host + "' is not a host name; put an IPv6 address in brackets");
        }
        return InetSocketAddress.createUnresolved(host, number);
    }

    private static InetSocketAddress literal(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(host), port);
        } catch (IllegalArgumentException problem) {
            throw wrong("'" + host + "' is not an IP address");
        }
    }

    private static String print(InetSocketAddress entry) {
        InetAddress address = entry.getAddress();
        String host = address == null ? entry.getHostString() : address.getHostAddress();
        int scope = host.indexOf('%');
        host = scope < 0 ? host : host.substring(0, scope);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + entry.getPort();
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("this is not a usable stream link: " + what + ADVICE);
    }
}
