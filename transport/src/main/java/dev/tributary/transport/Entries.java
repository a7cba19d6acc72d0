// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transport;

import dev.tributary.transport.netty.Endpoints;
import dev.tributary.transport.wire.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Looks up the hosts of a stream link: the only names that are ever resolved. */
final class Entries {
    private Entries() {}

    /**
     * The addresses of all entries that can be found; blocks while names are looked up.
     *
     * @throws StreamException if there is none
     */
    static List<Endpoint> of(StreamLink link) {
        List<Endpoint> found = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (InetSocketAddress entry : link.entries()) {
            int before = found.size();
            for (InetAddress address : addresses(entry)) {
                Endpoint endpoint = Endpoints.of(new InetSocketAddress(address, entry.getPort()));
                if (endpoint.isUsable() && !found.contains(endpoint)) {
                    found.add(endpoint);
                }
            }
            if (found.size() == before) {
                lost.add(entry.getHostString());
            }
        }
        if (found.isEmpty()) {
            throw new StreamException("no host of the stream link can be found ("
                    + String.join(", ", lost)
                    + "): check this machine's network, or ask the broadcaster for a new link");
        }
        return found;
    }

    private static List<InetAddress> addresses(InetSocketAddress entry) {
        if (!entry.isUnresolved()) {
            return List.of(entry.getAddress());
        }
        try {
            return List.of(InetAddress.getAllByName(entry.getHostString()));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }
}
