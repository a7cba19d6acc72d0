// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

import dev.tributary.transport.PublishOptions;
import dev.tributary.transport.SigningKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher chose about its stream; null leaves the choice to us.
 *
 * @param bitrate the peak rate in bits per second
 * @param closed whether a node needs a ticket
 * @param encrypted whether a viewer needs content keys
 */
record StreamChoices(
        @Nullable String name,
        @Nullable SigningKey key,
        @Nullable Integer k,
        @Nullable Integer n,
        Duration delay,
        @Nullable Long bitrate,
        boolean closed,
        boolean encrypted) {
    static final int MOST_K = 64;
    /** Different symbols of a block that GF(2^8) allows. */
    static final int MOST_SYMBOLS = 255;

    static final long LEAST_BITS_PER_SECOND = 1_000;

    /** Divides into any SIMD width and, with all headers, fits in the 1,280 bytes of IPv6. */
    private static final int SYMBOL_BYTES = 1_152;

    /** Below this, eighths of a stream are too thin to be worth a datagram each. */
    private static final long THIN_BITS_PER_SECOND = 300_000;

    private static final int MPEG_TS_PACKET_BYTES = 188;

    /** The longest name that the transport takes. */
    private static final int MOST_NAME_CHARS = 100;

    PublishOptions options(
            InputName input, boolean mpegTs, long bitsPerSecond, List<InetSocketAddress> entries) {
        int symbols = k(bitsPerSecond);
        int different = n != null ? n : Math.min(MOST_SYMBOLS, 4 * symbols);
        return new PublishOptions(
                name != null ? name : name(input),
                symbols,
                different,
                SYMBOL_BYTES,
                Math.max(LEAST_BITS_PER_SECOND, bitsPerSecond),
                delay,
                mpegTs ? MPEG_TS_PACKET_BYTES : 1,
                entries,
                closed,
                encrypted);
    }

    /** Media bytes that one block holds. */
    static int blockBytes(PublishOptions options) {
        return options.k() * options.symbolBytes();
    }

    private int k(long bitsPerSecond) {
        if (k != null) {
            return k;
        }
        int usual = bitsPerSecond < THIN_BITS_PER_SECOND ? 4 : 8;
        return n == null ? usual : Math.min(usual, n);
    }

    private static String name(InputName input) {
        Path path = input instanceof InputName.File named ? named.path().getFileName() : null;
        if (path == null) {
            return "live";
        }
        String file = path.toString();
        int dot = file.lastIndexOf('.');
        String plain = (dot > 0 ? file.substring(0, dot) : file).replaceAll("[^A-Za-z0-9._-]", "-");
        return plain.substring(0, Math.min(MOST_NAME_CHARS, plain.length()));
    }
}
