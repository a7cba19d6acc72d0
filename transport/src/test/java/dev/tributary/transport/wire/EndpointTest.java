// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static Endpoint ipv4(int a, int b, int c, int d) {
        return Endpoint.of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, 4_000);
    }

    private static Endpoint ipv6(int first, int last) {
        byte[] address = new byte[16];
        address[0] = (byte) first;
        address[15] = (byte) last;
        return Endpoint.of(address, 4_000);
    }

    @Test
    void anEndpointReadsLikeTheAddressItIs() {
        assertThat(ipv4(192, 168, 1, 254)).hasToString("192.168.1.254:4000");
        assertThat(new Endpoint(0x2001_0DB8_0000_0000L, 1, 9_000))
                .hasToString("[2001:db8:0:0:0:0:0:1]:9000");
    }

    @Test
    void addressesOfOneNetworkHaveOnePrefix() {
        assertThat(ipv4(192, 168, 1, 254).prefix())
                .isEqualTo(ipv4(192, 168, 1, 1).prefix());
        assertThat(ipv4(192, 168, 2, 1).prefix())
                .isNotEqualTo(ipv4(192, 168, 1, 1).prefix());
        long site = 0x2001_0DB8_0001_0000L;
        Endpoint there = new Endpoint(site, 1, 4_000);
        assertThat(new Endpoint(site | 0xFFFF, 2, 5_000).prefix()).isEqualTo(there.prefix());
        assertThat(new Endpoint(site | 0x1_0000, 1, 4_000).prefix()).isEqualTo(there.prefix());
        assertThat(new Endpoint(site + 0x2_0000, 1, 4_000).prefix()).isNotEqualTo(there.prefix());
    }

    @Test
    void addressBytesComeBack() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            Endpoint endpoint = Endpoint.of(address, 1 + random.nextInt(65_535));
            assertThat(endpoint.addressBytes()).isEqualTo(address);
            assertThat(endpoint.isIpv4()).isEqualTo(address.length == 4);
        }
    }

    @Test
    void anIpv4AddressInIpv6FormIsTheSameEndpoint() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xFF;
        mapped[11] = (byte) 0xFF;
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(Endpoint.of(mapped, 4_000)).isEqualTo(ipv4(127, 0, 0, 1));
    }

    @Test
    void addressesThatNobodyCanBeReachedAtAreNotUsable() {
        assertThat(ipv4(0, 0, 0, 0).isUsable()).isFalse();
        assertThat(ipv4(224, 0, 0, 1).isUsable()).isFalse();
        assertThat(ipv4(255, 255, 255, 255).isUsable()).isFalse();
        assertThat(ipv6(0, 0).isUsable()).isFalse();
        assertThat(ipv6(0xFF, 1).isUsable()).isFalse();
        assertThat(Endpoint.ipv4(0x7F000001, 0).isUsable()).isFalse();
        assertThat(Endpoint.ipv4(0x7F000001, 65_536).isUsable()).isFalse();
    }

    @Test
    void addressesOfNodesAreUsable() {
        assertThat(ipv4(127, 0, 0, 1).isUsable()).isTrue();
        assertThat(ipv4(223, 255, 255, 255).isUsable()).isTrue();
        assertThat(ipv6(0, 1).isUsable()).isTrue();
        assertThat(ipv6(0xFE, 1).isUsable()).isTrue();
    }

    @Test
    void anAddressOfAnotherLengthIsTheCallersMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of(new byte[5], 1))
                .withMessageContaining("not 5");
    }
}
