// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.media;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Collections;

/** Bytes that come as UDP datagrams, to this host or to a multicast group. */
public final class UdpInput implements LiveInput {
    /** A second at 32 Mbit/s, for the time a collection of garbage may take. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel;

    private UdpInput(DatagramChannel channel) {
        this.channel = channel;
    }

    public static UdpInput open(InetSocketAddress address) throws IOException {
        InetAddress group = address.getAddress();
        boolean ipv4 = group.getAddress().length == 4;
        DatagramChannel channel = DatagramChannel.open(
                ipv4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            if (group.isMulticastAddress()) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(address);
            if (group.isMulticastAddress()) {
                join(channel, group);
            }
            return new UdpInput(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    @Override
    public int read(byte[] buffer, int offset) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, offset, buffer.length - offset);
        while (target.position() == offset) {
            channel.receive(target);
        }
        return target.position() - offset;
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** On every interface that can, since nobody told us from which the group comes. */
    private static void join(DatagramChannel channel, InetAddress group) throws IOException {
        int joined = 0;
        IOException last = new IOException("no network interface takes multicast");
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (!each.isUp() || !(each.supportsMulticast() || each.isLoopback())) {
                continue;
            }
            try {
                channel.join(group, each);
                joined++;
            } catch (IOException | IllegalArgumentException refused) {
                last = new IOException(each.getName() + ": " + refused.getMessage(), refused);
            }
        }
        if (joined == 0) {
            throw last;
        }
    }
}
