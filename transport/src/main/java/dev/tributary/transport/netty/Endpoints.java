// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport.netty;

import dev.tributary.transport.wire.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Between the protocol's addresses and the socket's; no name is ever looked up. */
public final class Endpoints {
    private Endpoints() {}

    /** Takes a resolved address. */
    public static Endpoint of(InetSocketAddress address) {
        return Endpoint.of(address.getAddress().getAddress(), address.getPort());
    }

    public static InetSocketAddress socketAddress(Endpoint endpoint) {
        try {
            InetAddress address = InetAddress.getByAddress(endpoint.addressBytes());
            return new InetSocketAddress(address, endpoint.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an endpoint has 4 or 16 address bytes", impossible);
        }
    }
}
