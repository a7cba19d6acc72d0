// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transport.wire.Bytes32;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamLinkTest {
    private static final Bytes32 KEY = new Bytes32(1, -2, 3, Long.MIN_VALUE);
    private static final String GOOD =
            link("evening news", entry("192.0.2.7", 4000)).toString();

    @Test
    void aLinkSaysAllInOneLine() {
        assertThat(GOOD)
                .matches("tributary://[a-z2-7]{52}/evening%20news"
                        + "\\?k=8&n=32&symbol=1152&rate=2000000&delay=2000"
                        + "&at=192\\.0\\.2\\.7:4000");
    }

    @Test
    void whatIsPrintedIsReadBack() {
        for (String name : List.of("a", "evening news", "50 % / more? & +1 #x", "Ñandú 東京")) {
            StreamLink link = link(
                    name,
                    entry("192.0.2.7", 4000),
                    entry("2001:db8::1", 65535),
                    InetSocketAddress.createUnresolved("source.example", 1));
            assertThat(StreamLink.parse(link.toString())).isEqualTo(link);
        }
    }

    @Test
    void theLongestLinkIsReadBack() {
        InetSocketAddress[] entries = new InetSocketAddress[StreamLink.MAX_ENTRIES];
        Arrays.fill(entries, InetSocketAddress.createUnresolved("x".repeat(253), 65_535));
        StreamLink link = link("é".repeat(100), entries);
        assertThat(StreamLink.parse(link.toString())).isEqualTo(link);
    }

    @Test
    void spaceAroundALinkAndParametersOfLaterVersionsDoNotHurt() {
        assertThat(StreamLink.parse("  " + GOOD + "&ticket=xyz\n"))
                .isEqualTo(StreamLink.parse(GOOD));
    }

    @Test
    void hostNamesAreNotLookedUp() {
        StreamLink link = StreamLink.parse(GOOD.replace("192.0.2.7", "nowhere.invalid"));
        assertThat(link.entries().getFirst().isUnresolved()).isTrue();
    }

    @Test
    void everyMistakeIsNamed() {
        fails("", "must start with tributary://");
        fails("https://example.com/", "must start with tributary://");
        fails("tributary://", "must read tributary://KEY/NAME");
        fails("tributary://abc/news?k=8", "key is damaged");
        fails(GOOD.replace("evening%20news", ""), "name must have 1 to 200 bytes");
        fails(GOOD.replace("%20", "%2"), "%");
        fails(GOOD.replace("&n=32", ""), "lacks n=");
        fails(GOOD.replace("k=8", "k=8&k=8"), "k= occurs twice");
        fails(GOOD.replace("k=8", "k=eight"), "k= must be a whole number, not 'eight'");
        fails(GOOD.replace("k=8", "k=33"), "N must be 33 to 255, not 32");
        fails(GOOD.replace("rate=2000000", "rate=1"), "bits per second");
        fails(GOOD.replace("&at=192.0.2.7:4000", ""), "lacks at=HOST:PORT");
        fails(GOOD.replace(":4000", ""), "at= must be HOST:PORT");
        fails(GOOD.replace(":4000", ":0"), "at= must be HOST:PORT");
        fails(GOOD.replace(":4000", ":65536"), "at= must be HOST:PORT");
        fails(GOOD.replace("192.0.2.7", "192.0.2.777"), "not an IP address");
        fails(GOOD.replace("192.0.2.7", "2001:db8::1"), "IPv6 address in brackets");
        fails(GOOD.replace("192.0.2.7", "[::zz]"), "not an IP address");
        fails(GOOD.substring(0, GOOD.length() - 20), "");
    }

    @Test
    void theKeyAndTheNameMakeTheIdentity() {
        StreamLink link = StreamLink.parse(GOOD);
        StreamLink sibling = StreamLink.parse(GOOD.replace("news", "show"));
        assertThat(spec(link)).isEqualTo(spec(StreamLink.parse(GOOD.replace("4000", "4001"))));
        assertThat(spec(link)).isNotEqualTo(spec(sibling));
    }

    private static Bytes32 spec(StreamLink link) {
        return link.spec(java.time.Duration.ofSeconds(2)).id();
    }

    private static void fails(String text, String why) {
        assertThatThrownBy(() -> StreamLink.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("this is not a usable stream link: ")
                .hasMessageContaining(why)
                .hasMessageEndingWith("copy the whole link, as publish printed it");
    }

    private static StreamLink link(String name, InetSocketAddress... entries) {
        return new StreamLink(
                KEY, name, 8, 32, 1152, 2_000_000, 2_000, false, false, List.of(entries));
    }

    private static InetSocketAddress entry(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
