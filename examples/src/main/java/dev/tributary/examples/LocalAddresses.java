// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples;

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
    /** More only make the link longer: each is another way to the same socket. */
    private static final int MOST = 6;

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private LocalAddresses() {}

    /** The bound address; for the wildcard this host's, with loopback last. */
    static List<InetSocketAddress> reaching(InetSocketAddress bound) throws SocketException {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(bound);
        }
        List<InetSocketAddress> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && !each.isLoopback()) {
                for (InetAddress address : Collections.list(each.getInetAddresses())) {
                    if (reachable(address) && found.size() < MOST) {
                        found.add(new InetSocketAddress(address, bound.getPort()));
                    }
                }
            }
        }
        found.add(new InetSocketAddress(LOOPBACK, bound.getPort()));
        return found;
    }

    private static boolean reachable(InetAddress address) {
        return address instanceof Inet4Address && !address.isLinkLocalAddress();
    }
}
