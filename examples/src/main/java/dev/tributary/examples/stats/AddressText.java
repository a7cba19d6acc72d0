// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.stats;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** Addresses and node ids as people write them. */
public final class AddressText {
    private AddressText() {}

    public static String of(InetSocketAddress address) {
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        return bracketed + ":" + address.getPort();
    }

    public static String ofNode(long node) {
        return HexFormat.of().toHexDigits(node);
    }
}
