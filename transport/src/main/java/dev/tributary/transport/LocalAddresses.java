// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The addresses at which others reach a bound socket, for the stream link. */
final class LocalAddresses {
    /** Each is only another way to the same socket. */
    private static final int MOST = 6;

    private LocalAddresses() {}

    /** The bound address; for the wildcard this host's own, or loopback where it has no other. */
    static List<InetSocketAddress> reaching(InetSocketAddress bound) {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetSocketAddress> found = new ArrayList<>();
        for (InetAddress address : addresses()) {
            if (found.size() < MOST) {
                found.add(new InetSocketAddress(address, bound.getPort()));
            }
        }
        if (found.isEmpty()) {
            found.add(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), bound.getPort()));
        }
        return found;
    }

    private static List<InetAddress> addresses() {
        List<InetAddress> ipv4 = new ArrayList<>();
        List<InetAddress> ipv6 = new ArrayList<>();
        try {
            for (NetworkInterface each :
                    Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback()) {
                    for (InetAddress address : Collections.list(each.getInetAddresses())) {
                        if (!address.isLinkLocalAddress()) {
                            (address instanceof Inet4Address ? ipv4 : ipv6).add(address);
                        }
                    }
                }
            }
        } catch (SocketException unknown) {
            return List.of();
        }
        ipv4.addAll(ipv6);
        return ipv4;
    }
}
