// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of options as picocli wants them read. */
final class Converters {
    private Converters() {}

    static final class OfDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return checked(text, Values::duration);
        }
    }

    static final class OfBitrate implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return checked(text, Values::bitsPerSecond);
        }
    }

    static final class OfHostPort implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            return checked(text, Values::hostPort);
        }
    }

    private static <T> T checked(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }
}
