// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.transport.wire.Endpoint;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class PathTableTest {
    private static final long SECOND = 1_000_000_000L;

    private final PathTable paths = new PathTable(4);

    @Test
    void anAddressKeepsItsPathWhicheverSideBegins() {
        int path = paths.of(0, endpoint(1));
        assertThat(paths.ofSender(0, sender(1))).isEqualTo(path);
        assertThat(paths.endpoint(path)).isEqualTo(endpoint(1));
        assertThat(paths.address(path)).isEqualTo(sender(1));
        assertThat(paths.ofSender(0, sender(2))).isNotEqualTo(path);
    }

    @Test
    void aFloodOfStrangersLeavesPathsInUseAlone() {
        int[] used = new int[4];
        for (int i = 0; i < 3; i++) {
            used[i] = paths.of(0, endpoint(i));
        }
        for (int stranger = 10; stranger < 1_000; stranger++) {
            assertThat(paths.ofSender(SECOND, sender(stranger))).isEqualTo(3);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(paths.ofSender(SECOND, sender(i))).isEqualTo(used[i]);
        }
    }

    @Test
    void strangersFindNoPathWhileAllAreInUse() {
        for (int i = 0; i < 4; i++) {
            paths.of(0, endpoint(i));
        }
        assertThat(paths.ofSender(9 * SECOND, sender(9))).isEqualTo(PathTable.NONE);
        paths.touch(9 * SECOND, 0);
        assertThat(paths.ofSender(10 * SECOND, sender(9))).isEqualTo(1);
    }

    @Test
    void whomWeContactTakesThePathThatWasUsedLongestAgo() {
        for (int i = 0; i < 4; i++) {
            paths.of(i, endpoint(i));
        }
        paths.touch(5, 0);
        assertThat(paths.of(6, endpoint(9))).isEqualTo(1);
        assertThat(paths.address(1)).isEqualTo(sender(9));
        assertThat(paths.of(7, endpoint(1))).isEqualTo(2);
    }

    @Test
    void onlyPathsThatWereGivenOutExist() {
        assertThat(paths.holds(0)).isFalse();
        paths.of(0, endpoint(1));
        assertThat(paths.holds(0)).isTrue();
        assertThat(paths.holds(1)).isFalse();
        assertThat(paths.holds(PathTable.NONE)).isFalse();
    }

    @Test
    void ipv6AddressesAreKeptWhole() {
        byte[] address = new byte[16];
        address[0] = 0x20;
        address[1] = 1;
        address[15] = 7;
        Endpoint endpoint = Endpoint.of(address, 9);
        assertThat(paths.endpoint(paths.of(0, endpoint))).isEqualTo(endpoint);
    }

    private static Endpoint endpoint(int number) {
        return Endpoint.ipv4(0x0A000000 | number, 4_000);
    }

    private static InetSocketAddress sender(int number) {
        return Endpoints.socketAddress(endpoint(number));
    }
}
