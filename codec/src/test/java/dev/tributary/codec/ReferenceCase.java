// SPDX-License-Identifier: Apache-2.0
package dev.tributary.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One case of rs-vectors.json: a flat object of numbers, strings and lists of those. */
record ReferenceCase(Map<String, List<String>> fields) {
    private static final Pattern SECTION =
            Pattern.compile("\"(encode|decode)\":\\s*\\[((?:\\s*\\{[^{}]*\\},?)*)\\s*\\]");
    private static final Pattern OBJECT = Pattern.compile("\\{[^{}]*\\}");
    private static final Pattern FIELD =
            Pattern.compile("\"(\\w+)\":\\s*(\\[[^\\]]*\\]|\"[^\"]*\"|\\d+)");
    private static final Pattern ITEM = Pattern.compile("\\w+");

    static Stream<ReferenceCase> encoding() {
        return section("encode");
    }

    static Stream<ReferenceCase> decoding() {
        return section("decode");
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    int number(String name) {
        return Integer.parseInt(list(name).getFirst());
    }

    List<String> list(String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    String text(String name) {
        return list(name).getFirst();
    }

    /** The block of the case, by the file's data_formula. */
    byte[] block() {
        int length = number("len");
        byte[] block = new byte[number("k") * length];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i / length * 31 + i % length * 17 + 7);
        }
        return block;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String sha256(byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return text("k") + " of " + text("n");
    }

    private static Stream<ReferenceCase> section(String name) {
        return SECTION.matcher(file())
                .results()
                .filter(section -> section.group(1).equals(name))
                .flatMap(section -> OBJECT.matcher(section.group(2)).results())
                .map(object -> new ReferenceCase(parsed(object.group())));
    }

    private static Map<String, List<String>> parsed(String object) {
        Map<String, List<String>> fields = new TreeMap<>();
        FIELD.matcher(object)
                .results()
                .forEach(field -> fields.put(
                        field.group(1),
                        ITEM.matcher(field.group(2))
                                .results()
                                .map(item -> item.group())
                                .toList()));
        return fields;
    }

    private static String file() {
        try (InputStream in = ReferenceCase.class.getResourceAsStream("/rs-vectors.json")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
